import type { Actor } from "../../domain/actor.ts";
import { rolesWith } from "../../domain/access.ts";
import type { Permission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { Asker, Standing } from "../../db/queries/standing.ts";

/** For a write that asks the database again whether a person may; `null` for the operator. */
export function askerOf(actor: Actor, permission: Permission): Asker {
  return actor.kind === "user" ? { userId: actor.userId, roles: rolesWith(permission) } : null;
}

export function noSuchOrg(idOrSlug: string): AppError {
  return new AppError("not_found", `There is no organisation "${idOrSlug}"`);
}

/** Throws `not_found` or `forbidden` for who was, by what the database said, no longer allowed to write. */
export function requireStanding<T extends Standing>(asker: Asker, before: T | undefined, org: string): T {
  if (before === undefined) throw noSuchOrg(org);
  if (asker === null) return before;
  if (before.askerRole === null) throw noSuchOrg(org);
  if (asker.roles.includes(before.askerRole)) return before;
  throw new AppError("forbidden", `The role "${before.askerRole}" no longer allows this`);
}

/** Throws `forbidden` for all but owners and the operator. */
export function requireOwnerRole(asker: Asker, { askerRole }: Standing): void {
  if (asker === null || askerRole === "owner") return;
  throw new AppError("forbidden", "Only an owner makes or unmakes owners");
}
