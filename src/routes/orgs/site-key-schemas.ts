import { z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import type { SiteKey } from "../../services/orgs/site-keys.ts";
import { name } from "./schemas.ts";

const origins = z
  .array(z.string().min(1).max(300))
  .min(1)
  .max(20)
  .openapi({
    description: "Whose pages may send events: https, or http for localhost; scheme, host and port alone",
    example: ["https://shop.example"],
  });

export const NewSiteKeySchema = z
  .strictObject({ name: name.openapi({ example: "The shop" }), origins })
  .openapi("NewSiteKey");

export const SiteKeySchema = z
  .object({
    id: z
      .string()
      .openapi({ description: "Public: what the script of a page names", example: "site_0192f0c1" }),
    name,
    origins,
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
  })
  .openapi("SiteKey");

export function siteKeyWire(key: SiteKey) {
  return {
    id: key.id,
    name: key.name,
    origins: [...key.origins],
    created_at: toRfc3339(key.createdAt),
    revoked_at: key.revokedAt === null ? null : toRfc3339(key.revokedAt),
  };
}
