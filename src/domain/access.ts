import { ROLES } from "./actor.ts";
import type { Actor, ApiKeyActor, Membership, Role, Scope, UserActor } from "./actor.ts";
import { AppError } from "./errors.ts";

/** Everything that may be allowed within an organisation; the scopes of API keys are among them. */
export const PERMISSIONS = [
  "org:read",
  "org:write",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "people:erase",
  "stats:read",
  "events:write",
  "catalogue:write",
  "images:write",
  "webhooks:write",
  "audit:read",
  "experiments:write",
] as const;
export type Permission = (typeof PERMISSIONS)[number] | Scope;

const MEMBER: readonly Permission[] = [
  "org:read",
  "members:read",
  "events:write",
  "catalogue:write",
  "images:write",
];

/** Who may do what: the one table. What no row names is refused. Only an owner makes or unmakes owners. */
export const ALLOWED: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  analyst: ["org:read", "members:read", "stats:read", "events:write"],
  member: MEMBER,
};

/** What the operator may do in any organisation: set it up and repair it, not read or write what is in it. */
export const ALLOWED_TO_OPERATOR: readonly Permission[] = [
  "org:read",
  "org:write",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "audit:read",
];

/** The roles that allow `permission`. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => ALLOWED[role].includes(permission));
}

function isScope(permission: Permission, { scopes }: ApiKeyActor): boolean {
  return permission === "org:read" || scopes.some((scope) => scope === permission);
}

function noSuchOrg(org: string): AppError {
  return new AppError("not_found", `There is no organisation "${org}"`);
}

function membershipOf({ memberships }: UserActor, org: string): Membership | undefined {
  return memberships.find(({ orgId, orgSlug }) => orgId === org || orgSlug === org);
}

/**
 * The organisation of `org` (id or slug) if `actor` may do `permission` there: its id, or for the operator, whom no
 * credential ties to one, `org` as it was given. 401 without a credential, 404 for another's organisation, else 403.
 */
export function requirePermission(actor: Actor, permission: Permission, org: string): string {
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", "A credential is required: send `Authorization: Bearer …`");
    case "operator":
      if (ALLOWED_TO_OPERATOR.includes(permission)) return org;
      throw new AppError("forbidden", `The operator key does not allow "${permission}"`);
    case "api-key":
      if (actor.orgId !== org && actor.orgSlug !== org) throw noSuchOrg(org);
      if (isScope(permission, actor)) return actor.orgId;
      throw new AppError("forbidden", `The API key does not allow "${permission}"`);
    case "user": {
      const membership = membershipOf(actor, org);
      if (membership === undefined) throw noSuchOrg(org);
      if (ALLOWED[membership.role].includes(permission)) return membership.orgId;
      throw new AppError("forbidden", `The role "${membership.role}" does not allow "${permission}"`);
    }
    default:
      return actor satisfies never;
  }
}

/**
 * The organisation an actor writes for where the path names none: the API key's own; a person's only one that allows
 * `permission`, or the one of `org`. 401 without a credential, 403 without the permission, 422 where a choice is needed.
 */
export function requireScope(actor: Actor, permission: Scope, org?: string): string {
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", `A credential with the scope "${permission}" is required`);
    case "operator":
      throw new AppError(
        "forbidden",
        `The operator key belongs to no organisation: use an API key with "${permission}"`,
      );
    case "api-key":
      return requirePermission(actor, permission, org ?? actor.orgId);
    case "user":
      return requirePermission(actor, permission, org ?? onlyOrg(actor, permission));
    default:
      return actor satisfies never;
  }
}

function onlyOrg({ memberships }: UserActor, permission: Permission): string {
  const [first, second] = memberships.filter(({ role }) => ALLOWED[role].includes(permission));
  if (first === undefined)
    throw new AppError("forbidden", `None of your organisations allows you "${permission}"`);
  if (second === undefined) return first.orgId;
  const errors = [{ path: "org", message: "Expected the id or slug of one of your organisations" }];
  throw new AppError("invalid_input", {
    detail: "You belong to several organisations: name one with `?org=`",
    errors,
  });
}

export function requireOperator(actor: Actor): void {
  if (actor.kind === "anonymous") throw new AppError("unauthorized", "The operator key is required");
  if (actor.kind !== "operator") throw new AppError("forbidden", "Only the operator may do this");
}

/** A person who is signed in: 401 without a credential, 403 for keys. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  if (actor.kind === "anonymous") throw new AppError("unauthorized", "Sign in first");
  throw new AppError("forbidden", "Only a person who is signed in may do this");
}
