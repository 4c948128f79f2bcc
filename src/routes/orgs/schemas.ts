import { z } from "@hono/zod-openapi";
import { SCOPES } from "../../domain/actor.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { ApiKey } from "../../services/orgs/api-keys.ts";
import type { Org } from "../../services/orgs/orgs.ts";

export const NO_STORE = { "Cache-Control": "no-store" };

export const orgParam = z.string().min(1).max(100).openapi({ description: "Id or slug", example: "acme" });

export const name = z.string().min(1).max(200);

export const OrgSchema = z
  .object({ id: z.string(), slug: z.string(), name: z.string(), created_at: z.iso.datetime() })
  .openapi("Organisation");

const scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length);

export const NewApiKeySchema = z.strictObject({ name, scopes }).openapi("NewApiKey");

export const ApiKeySchema = z
  .object({
    id: z.string(),
    org: z.string(),
    name: z.string(),
    prefix: z.string().openapi({ description: "The secret's first characters", example: "vk_3kTb0x" }),
    scopes,
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable().openapi({ description: "When it wrote last, to the hour" }),
  })
  .openapi("ApiKey");

export const CreatedApiKeySchema = ApiKeySchema.extend({
  key: z.string().openapi({ description: "The secret: shown here and never again" }),
}).openapi("CreatedApiKey");

export function orgWire({ id, slug, name: orgName, createdAt }: Org) {
  return { id, slug, name: orgName, created_at: toRfc3339(createdAt) };
}

export function apiKeyWire(key: ApiKey) {
  return {
    id: key.id,
    org: key.orgId,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    created_at: toRfc3339(key.createdAt),
    revoked_at: key.revokedAt === null ? null : toRfc3339(key.revokedAt),
    last_used_at: key.lastUsedAt === null ? null : toRfc3339(key.lastUsedAt),
  };
}
