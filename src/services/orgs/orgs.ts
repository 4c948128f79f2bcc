import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import type { Actor, Role } from "../../domain/actor.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import {
  findOrg,
  insertOrg,
  insertOwnedOrg,
  listOrgs as listOrgRows,
  listOrgsOfUser,
  updateOrg as updateRow,
} from "../../db/queries/orgs.ts";
import type { OrgRow } from "../../db/queries/orgs.ts";
import { forgetUser } from "../accounts/session-cache.ts";
import { auditLine } from "../audit/line.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { askerOf, noSuchOrg, requireStanding } from "./asker.ts";
import { MAX_ORGS_OF_PERSON } from "./limits.ts";
import { requireName } from "./name.ts";

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Org {
  id: string;
  slug: string;
  name: string;
  createdAt: number;
  /** What the person who asks is there; `null` for keys. */
  role: Role | null;
}

function requireSlug(slug: string): string {
  if (SLUG.test(slug)) return slug;
  const message = "Expected 1 to 63 small letters, digits and inner hyphens";
  throw new AppError("invalid_input", {
    detail: "The slug is not valid",
    errors: [{ path: "slug", message }],
  });
}

function slugTaken(slug: string): AppError {
  return new AppError("conflict", `The slug "${slug}" is taken`);
}

/**
 * A person becomes its owner; the operator's has none yet. Throws `unauthorized`, `forbidden` (API keys), `invalid_input`
 * and `conflict`: the slug is taken, or the person belongs to as many as may be.
 */
export async function createOrg(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { name: string; slug: string },
): Promise<Org> {
  const owner = founderOf(ctx.actor);
  const row: OrgRow = {
    id: newId("org", ctx.clock),
    slug: requireSlug(input.slug),
    name: requireName(input.name),
    createdAt: ctx.clock.now(),
  };
  const audit = auditLine(ctx, "org.created", { target: row.id });
  if (owner === null) {
    if (!(await insertOrg(ctx.db, row, audit))) throw slugTaken(row.slug);
    return { ...row, role: null };
  }
  const outcome = await insertOwnedOrg(ctx.db, row, { userId: owner, maxOrgs: MAX_ORGS_OF_PERSON, audit });
  switch (outcome) {
    case "created":
      forgetUser(ctx.isolate.cache, owner);
      return { ...row, role: "owner" };
    case "slug_taken":
      throw slugTaken(row.slug);
    case "too_many":
      throw new AppError("conflict", `You belong to ${MAX_ORGS_OF_PERSON} organisations: leave one first`);
    case "no_account":
      throw new AppError("unauthorized", "The account does not exist any more");
    default:
      return outcome satisfies never;
  }
}

/** The user who founds an organisation, `null` for the operator. */
function founderOf(actor: Actor): string | null {
  if (actor.kind === "user") return actor.userId;
  if (actor.kind === "operator") return null;
  if (actor.kind === "anonymous") throw new AppError("unauthorized", "Sign in first");
  throw new AppError("forbidden", "An API key belongs to one organisation and makes no other");
}

/** All for the operator, a person's own, or an API key's one; the oldest first. */
export async function listOrgs(
  ctx: Ctx<"db" | "config">,
  { cursor, limit }: PageRequest,
): Promise<Page<Org>> {
  const { actor } = ctx;
  const scope = actor.kind === "user" ? `orgs:${actor.userId}` : "orgs";
  const page = { after: await afterOf(ctx, scope, cursor), limit: limit + 1 };
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", "A credential is required: send `Authorization: Bearer …`");
    case "operator":
      return pageOf(ctx, scope, (await listOrgRows(ctx.db, page)).map(withoutRole), limit);
    case "user":
      return pageOf(ctx, scope, await listOrgsOfUser(ctx.db, actor.userId, page), limit);
    case "api-key": {
      const own = await findOrg(ctx.db, actor.orgId);
      return { items: own === undefined ? [] : [withoutRole(own)], nextCursor: null };
    }
    default:
      return actor satisfies never;
  }
}

function withoutRole(row: OrgRow): Org {
  return { ...row, role: null };
}

function roleIn(actor: Actor, orgId: string): Role | null {
  if (actor.kind !== "user") return null;
  return actor.memberships.find((membership) => membership.orgId === orgId)?.role ?? null;
}

/** By id or slug. */
export async function getOrg(ctx: Ctx<"db">, idOrSlug: string): Promise<Org> {
  const org = await findOrg(ctx.db, requirePermission(ctx.actor, "org:read", idOrSlug));
  if (org === undefined) throw noSuchOrg(idOrSlug);
  return { ...org, role: roleIn(ctx.actor, org.id) };
}

/** Throws `invalid_input` without any change, and `conflict` for a slug that is taken. */
export async function updateOrg(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { org: string; name?: string; slug?: string },
): Promise<Org> {
  const org = requirePermission(ctx.actor, "org:write", input.org);
  if (input.name === undefined && input.slug === undefined)
    throw new AppError("invalid_input", "Nothing is to change: send `name`, `slug` or both");
  const name = input.name === undefined ? undefined : requireName(input.name);
  const slug = input.slug === undefined ? undefined : requireSlug(input.slug);
  const asker = askerOf(ctx.actor, "org:write");
  const changes = [...(name === undefined ? [] : ["name"]), ...(slug === undefined ? [] : ["slug"])];
  const audit = auditLine(ctx, "org.updated", { facts: { changes } });
  const { before, changed } = await updateRow(ctx.db, { org, name, slug, asker, audit });
  if (asker !== null) forgetUser(ctx.isolate.cache, asker.userId);
  requireStanding(asker, before, input.org);
  if (changed === null) throw slugTaken(slug ?? "");
  return { ...changed, role: roleIn(ctx.actor, changed.id) };
}
