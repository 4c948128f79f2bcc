import { z } from "@hono/zod-openapi";
import { ROLES, SCOPES } from "../../domain/actor.ts";
import { rfc3339OrNull, toRfc3339 } from "../../domain/time.ts";
import type { ApiKey } from "../../services/orgs/api-keys.ts";
import type { Org } from "../../services/orgs/orgs.ts";

export const NO_STORE = { "Cache-Control": "no-store" };

export const orgParam = z.string().min(1).max(100).openapi({ description: "Id or slug", example: "acme" });

export const name = z.string().min(1).max(200);

export const slug = z
  .string()
  .openapi({ description: "1 to 63 small letters, digits and inner hyphens; unique", example: "acme" });

export const OrgSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    created_at: z.iso.datetime(),
    role: z.enum(ROLES).nullable().openapi({ description: "What you are there; null for keys" }),
  })
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
    ends_at: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "Until when a key that was rotated still holds" }),
  })
  .openapi("ApiKey");

export const CreatedApiKeySchema = ApiKeySchema.extend({
  key: z.string().openapi({ description: "The secret: shown here and never again" }),
}).openapi("CreatedApiKey");

export function orgWire(org: Org) {
  return {
    id: org.id,
    slug: org.slug,
    name: org.name,
    created_at: toRfc3339(org.createdAt),
    role: org.role,
  };
}

export function apiKeyWire(key: ApiKey) {
  return {
    id: key.id,
    org: key.orgId,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    created_at: toRfc3339(key.createdAt),
    revoked_at: rfc3339OrNull(key.revokedAt),
    last_used_at: rfc3339OrNull(key.lastUsedAt),
    ends_at: rfc3339OrNull(key.endsAt),
  };
}
