import type { AuditLine } from "../../db/queries/audit.ts";
import type { Ctx } from "../../deps.ts";
import type { Actor } from "../../domain/actor.ts";
import type { AuditAction } from "../../domain/audit.ts";
import { newId } from "../../domain/ids.ts";

/** What a line says beside who, what and when: ids, roles, scopes and counts; never names, addresses or secrets. */
export interface AuditFacts {
  /** The id of what was acted on. */
  target?: string;
  facts?: Record<string, string | number | boolean | readonly string[]>;
}

/** Who acts, by id alone; the tick acts with the operator's powers and without a request. */
export function actorName(actor: Actor, requestId: string | undefined): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "api-key":
      return `key:${actor.keyId}`;
    case "operator":
      return requestId === undefined ? "system" : "operator";
    case "anonymous":
      return "anonymous";
    default:
      return actor satisfies never;
  }
}

/** The line of an action that is about to be tried: give it to the query that writes, for the same batch. */
export function auditLine(
  { actor, requestId, clock }: Ctx<"clock">,
  action: AuditAction,
  { target, facts }: AuditFacts = {},
): AuditLine {
  return {
    id: newId("aud", clock),
    at: clock.now(),
    actor: actorName(actor, requestId),
    action,
    target: target ?? null,
    facts: facts ?? null,
    requestId: requestId ?? null,
  };
}
