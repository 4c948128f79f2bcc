import { requirePermission } from "../../domain/access.ts";
import type { Actor } from "../../domain/actor.ts";
import { AppError } from "../../domain/errors.ts";

/** Whose an image is: an organisation's (then `userId` is the member who uploaded it, if one did) or a person's. */
export interface ImageOwner {
  orgId: string | null;
  userId: string | null;
}

/** For whom `actor` uploads: an API key for its organisation, a person for themselves or for the one of `org`. */
export function uploadOwner(actor: Actor, org?: string): ImageOwner {
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", 'Sign in, or send an API key with the scope "images:write"');
    case "operator":
      throw new AppError("forbidden", "The operator key has no images: use an API key");
    case "api-key":
      return { orgId: requirePermission(actor, "images:write", org ?? actor.orgId), userId: null };
    case "user": {
      const orgId = org === undefined ? null : requirePermission(actor, "images:write", org);
      return { orgId, userId: actor.userId };
    }
    default:
      return actor satisfies never;
  }
}

/** Whose images `actor` lists: an API key its organisation's, a person their own or those of `org`. */
export function listOwner(actor: Actor, org?: string): ImageOwner {
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", "Sign in, or send an API key");
    case "operator":
      throw new AppError("forbidden", "The operator key has no images: use an API key");
    case "api-key":
      return { orgId: requirePermission(actor, "org:read", org ?? actor.orgId), userId: null };
    case "user":
      if (org === undefined) return { orgId: null, userId: actor.userId };
      return { orgId: requirePermission(actor, "org:read", org), userId: null };
    default:
      return actor satisfies never;
  }
}

/** Whose images someone may reach by their ids: those of these organisations, and a person's own. */
export interface Reach {
  orgIds: readonly string[];
  userId: string | null;
}

/** Throws `unauthorized` without a credential. */
export function reachOf(actor: Actor): Reach {
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", "Sign in, or send an API key");
    case "operator":
      return { orgIds: [], userId: null };
    case "api-key":
      return { orgIds: [actor.orgId], userId: null };
    case "user":
      return { orgIds: actor.memberships.map(({ orgId }) => orgId), userId: actor.userId };
    default:
      return actor satisfies never;
  }
}

/** Throws `forbidden` where `actor` sees the image and may not change it. */
export function requireWrite(actor: Actor, { orgId }: ImageOwner): void {
  if (orgId !== null) requirePermission(actor, "images:write", orgId);
}

/** Another's image is answered as one that does not exist. */
export function noSuchImage(id: string): AppError {
  return new AppError("not_found", `There is no image "${id}"`);
}
