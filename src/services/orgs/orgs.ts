import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { findOrg, insertOrg, listOrgs as listOrgRows } from "../../db/queries/orgs.ts";
import { requireName } from "./name.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Org {
  id: string;
  slug: string;
  name: string;
  createdAt: number;
}

export async function createOrg(
  ctx: Ctx<"db" | "clock">,
  input: { name: string; slug: string },
): Promise<Org> {
  requireOperator(ctx.actor);
  const name = requireName(input.name);
  if (!SLUG.test(input.slug)) {
    const message = "Expected 1 to 63 small letters, digits and inner hyphens";
    throw new AppError("invalid_input", {
      detail: "The slug is not valid",
      errors: [{ path: "slug", message }],
    });
  }
  const org: Org = { id: newId("org", ctx.clock), slug: input.slug, name, createdAt: ctx.clock.now() };
  if (!(await insertOrg(ctx.db, org))) throw new AppError("conflict", `The slug "${input.slug}" is taken`);
  return org;
}

/** The oldest first. */
export async function listOrgs(
  ctx: Ctx<"db" | "config">,
  { cursor, limit }: PageRequest,
): Promise<Page<Org>> {
  requireOperator(ctx.actor);
  const after = await afterOf(ctx, "orgs", cursor);
  return pageOf(ctx, "orgs", await listOrgRows(ctx.db, { after, limit: limit + 1 }), limit);
}

/** By id or slug. */
export async function getOrg(ctx: Ctx<"db">, idOrSlug: string): Promise<Org> {
  requireOperator(ctx.actor);
  const org = await findOrg(ctx.db, idOrSlug);
  if (org === undefined) throw noSuchOrg(idOrSlug);
  return org;
}

export function noSuchOrg(idOrSlug: string): AppError {
  return new AppError("not_found", `There is no organisation "${idOrSlug}"`);
}
