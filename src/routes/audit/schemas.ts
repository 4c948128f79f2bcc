import { z } from "@hono/zod-openapi";
import { AUDIT_ACTIONS, NO_ORG } from "../../domain/audit.ts";
import type { AuditAction } from "../../domain/audit.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { AuditEntry, AuditFilter } from "../../services/audit/list.ts";

export const AuditEntrySchema = z
  .object({
    id: z.string(),
    org: z.string().nullable().openapi({ description: "Null for what concerns the deployment" }),
    at: z.iso.datetime(),
    actor: z.string().openapi({
      description: "`user:…` or `key:…` with an id, `operator`, or `system` for what the clock did",
      example: "user:usr_01",
    }),
    action: z.enum(AUDIT_ACTIONS),
    target: z.string().nullable().openapi({ description: "The id of what was acted on" }),
    facts: z.record(z.string(), z.unknown()).nullable().openapi({
      description: "Roles, scopes, counts and what was changed; never names, addresses or secrets",
    }),
    request_id: z.string().nullable(),
  })
  .openapi("AuditEntry");

const ACTOR = /^(?:(?:user|key):[\w-]{1,100}|operator|system)$/;

export function isAuditActor(text: string): boolean {
  return ACTOR.test(text);
}

const actor = z
  .string()
  .regex(ACTOR, "Expected `user:…`, `key:…`, `operator` or `system`")
  .optional()
  .openapi({ description: "Only what this one did", type: "string", example: "operator" });

const since = z.iso
  .datetime({ offset: true })
  .optional()
  .openapi({ description: "Only what was done from then on", example: "2026-01-01T00:00:00Z" });

export const auditFilters = {
  actor,
  action: z.enum(AUDIT_ACTIONS).optional().openapi({ description: "Only actions of this kind" }),
  since,
};

interface Given {
  actor?: string | undefined;
  action?: AuditAction | undefined;
  since?: string | undefined;
}

export function filterOf({ actor: by, action, since: from }: Given): AuditFilter {
  return { actor: by ?? null, action: action ?? null, since: from === undefined ? null : Date.parse(from) };
}

export function auditWire({ orgId, at, requestId, id, actor: by, action, target, facts }: AuditEntry) {
  return {
    id,
    org: orgId === NO_ORG ? null : orgId,
    at: toRfc3339(at),
    actor: by,
    action,
    target,
    facts,
    request_id: requestId,
  };
}
