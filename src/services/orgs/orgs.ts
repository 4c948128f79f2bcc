import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { findOrg, insertOrg, listOrgs as listOrgRows } from "../../db/queries/orgs.ts";
import { requireName } from "./name.ts";

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Org {
  id: string;
  slug: string;
  name: string;
  createdAt: number;
}

export interface Page<T> {
  items: T[];
  /** The id after which the next page starts; `null` on the last one. */
  next: string | null;
}

/** One row more than `limit` tells whether a page follows. */
export function pageOf<T extends { id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
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
  ctx: Ctx<"db">,
  page: { after: string | null; limit: number },
): Promise<Page<Org>> {
  requireOperator(ctx.actor);
  return pageOf(await listOrgRows(ctx.db, { after: page.after, limit: page.limit + 1 }), page.limit);
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
