import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { ROLES } from "../../domain/actor.ts";
import type { Role } from "../../domain/actor.ts";
import { decodeCursor } from "../../domain/cursor.ts";
import { AppError } from "../../domain/errors.ts";
import { deleteInvitation } from "../../db/queries/invitations.ts";
import { deleteMember, listMembers as listRows, updateRole } from "../../db/queries/members.ts";
import type { MemberStanding } from "../../db/queries/members.ts";
import type { Asker } from "../../db/queries/standing.ts";
import { auditLine } from "../audit/line.ts";
import { forgetUser } from "../accounts/session-cache.ts";
import { keysetPage } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { askerOf, noSuchOrg, requireOwnerRole, requireStanding } from "./asker.ts";

export interface Member {
  /** `null` for who is invited and has not come yet. */
  userId: string | null;
  name: string | null;
  email: string;
  role: Role;
  /** When they became a member, or were invited. */
  createdAt: number;
  status: "member" | "invited";
}

/** The last row of a page: a member, or an invitation's address. */
type Place = { member: string } | { email: string };

function readPlace(payload: unknown): Place {
  const { member, email } = payload as Record<string, unknown>;
  if (typeof member === "string") return { member };
  if (typeof email === "string") return { email };
  throw new TypeError("not a place in the list");
}

function placeOf({ userId, email }: Member): Place {
  return userId === null ? { email } : { member: userId };
}

/** Members in the order of their ids, then open invitations in the order of their addresses. `org` is an id or slug. */
export async function listMembers(
  ctx: Ctx<"db" | "config" | "clock">,
  org: string,
  { cursor, limit }: PageRequest,
): Promise<Page<Member>> {
  const id = requirePermission(ctx.actor, "members:read", org);
  const scope = `members:${id}`;
  const after: Place =
    cursor === null ? { member: "" } : await decodeCursor(ctx.config, scope, cursor, readPlace);
  const found = await listRows(ctx.db, {
    org: id,
    afterMember: "member" in after ? after.member : null,
    afterEmail: "email" in after ? after.email : "",
    limit: limit + 1,
    now: ctx.clock.now(),
  });
  if (found.org === undefined) throw noSuchOrg(org);
  const members = found.members.map((row): Member => ({ ...row, status: "member" }));
  const invited = found.invitations.map((row): Member => ({
    ...row,
    userId: null,
    name: null,
    status: "invited",
  }));
  return keysetPage(ctx, scope, [...members, ...invited], { limit, placeOf });
}

function noSuchMember(org: string, user: string): AppError {
  return new AppError("not_found", `The organisation "${org}" has no member "${user}"`);
}

function lastOwner(org: string): AppError {
  return new AppError("conflict", `The last owner of "${org}" stays: make another member an owner first`);
}

/** Throws the reason why a write of a member did nothing. */
function refuseWrite(
  asker: Asker,
  before: MemberStanding | undefined,
  { org, user, makesOwner }: { org: string; user: string; makesOwner: boolean },
): never {
  const standing = requireStanding(asker, before, org);
  if (standing.role === null) throw noSuchMember(org, user);
  if (standing.role === "owner" || makesOwner) requireOwnerRole(asker, standing);
  throw lastOwner(org);
}

/** Throws `not_found`, `forbidden` where an owner is made or unmade by another, and `conflict` for the last owner. */
export async function changeRole(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { org: string; user: string; role: Role },
): Promise<Member> {
  const { user, role } = input;
  const org = requirePermission(ctx.actor, "members:write", input.org);
  const asker = askerOf(ctx.actor, "members:write");
  const audit = auditLine(ctx, "member.role_changed", { target: user, facts: { role } });
  const { before, changed } = await updateRole(ctx.db, { org, userId: user, role, asker, audit });
  forget(ctx, asker, user);
  if (changed === null) return refuseWrite(asker, before, { ...input, makesOwner: role === "owner" });
  return { ...changed, status: "member" };
}

/**
 * Takes a member, or the invitation of an address, out of the organisation. Everybody may leave by themselves. Throws as
 * `changeRole`.
 */
export async function removeMember(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { org: string; user: string },
): Promise<void> {
  const { actor } = ctx;
  const { user } = input;
  if (user.includes("@")) return withdraw(ctx, input);
  const leaves = actor.kind === "user" && actor.userId === user;
  const permission = leaves ? "org:read" : "members:write";
  const org = requirePermission(actor, permission, input.org);
  const asker = leaves ? { userId: actor.userId, roles: ROLES } : askerOf(actor, permission);
  const audit = auditLine(ctx, "member.removed", { target: user });
  const { before, deleted } = await deleteMember(ctx.db, { org, userId: user, asker, audit });
  forget(ctx, asker, user);
  if (!deleted) refuseWrite(asker, before, { ...input, makesOwner: false });
}

async function withdraw(ctx: Ctx<"db" | "clock">, input: { org: string; user: string }): Promise<void> {
  const org = requirePermission(ctx.actor, "members:write", input.org);
  const asker = askerOf(ctx.actor, "members:write");
  const email = input.user.toLowerCase();
  const audit = auditLine(ctx, "invitation.withdrawn");
  const { before, deleted } = await deleteInvitation(ctx.db, { org, email, asker, audit });
  if (deleted) return;
  const standing = requireStanding(asker, before, input.org);
  if (standing.invitedAs === "owner") requireOwnerRole(asker, standing);
  throw noSuchMember(input.org, input.user);
}

function forget({ isolate }: Ctx<"isolate">, asker: Asker, user: string): void {
  forgetUser(isolate.cache, user);
  if (asker !== null) forgetUser(isolate.cache, asker.userId);
}
