import type { Context, MiddlewareHandler } from "hono";
import { requirePermission } from "../../../domain/access.ts";
import type { Permission } from "../../../domain/access.ts";
import type { UserActor } from "../../../domain/actor.ts";
import { AppError } from "../../../domain/errors.ts";
import { getOrg } from "../../../services/orgs/orgs.ts";
import type { OrgOfPage } from "../../../web/components/desk.tsx";
import { signInHref } from "../../../web/viewer.ts";
import { ctxOf } from "../../openapi.ts";
import type { AppEnv } from "../../openapi.ts";

/** Sends who is not signed in to the sign-in page, which leads back. */
export const signedInOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.get("actor").kind === "user") return next();
  const { pathname, search } = new URL(c.req.url);
  c.header("Cache-Control", "no-store");
  return c.redirect(signInHref(c.req.method === "GET" ? pathname + search : pathname), 303);
};

/** The person who asks, behind `signedInOnly`. */
export function personOf(c: Context<AppEnv>): UserActor {
  const actor = c.get("actor");
  if (actor.kind === "user") return actor;
  throw new AppError("unauthorized", "Sign in first");
}

/**
 * The organisation of the path, for who may do `permission` there. To all others there is nothing at this address:
 * `not_found`, which is shown as the page for that.
 */
export async function orgOfPage(c: Context<AppEnv>, permission: Permission): Promise<OrgOfPage> {
  const slug = c.req.param("org") ?? "";
  const person = personOf(c);
  try {
    requirePermission(person, permission, slug);
  } catch (error) {
    throw new AppError("not_found", `There is no page of "${slug}" for this person`, error);
  }
  const org = await getOrg(ctxOf(c), slug);
  const membership = person.memberships.find(({ orgId }) => orgId === org.id);
  if (membership === undefined) throw new AppError("not_found", `There is no organisation "${slug}"`);
  return { id: org.id, slug: org.slug, name: org.name, role: membership.role };
}
