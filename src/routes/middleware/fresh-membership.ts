import type { Context, MiddlewareHandler } from "hono";
import type { Actor, UserActor } from "../../domain/actor.ts";
import { isAway } from "../../domain/errors.ts";
import { forgetUser } from "../../services/accounts/session-cache.ts";
import { authenticate, authenticateCookie } from "../../services/orgs/authenticate.ts";
import type { AppEnv } from "../openapi.ts";
import { comesByHeader } from "./authenticate.ts";
import { isApiPath } from "./not-found.ts";

const ORG_IN_PATH = /^(?:\/v1)?\/orgs\/([^/]+)/;

function namedOrg(c: Context<AppEnv>): string | undefined {
  const [, inPath] = ORG_IN_PATH.exec(c.req.path) ?? [];
  return inPath ?? c.req.query("org");
}

function belongs({ memberships }: UserActor, org: string): boolean {
  return memberships.some(({ orgId, orgSlug }) => orgId === org || orgSlug === org);
}

function askedAgain(c: Context<AppEnv>): Promise<Actor> {
  return comesByHeader(c, isApiPath(c.req.path))
    ? authenticate(c.env, c.req.header("authorization"))
    : authenticateCookie(c.env, c.req.header("cookie"));
}

/**
 * Asks anew who a person is where they are not known to belong to the organisation that the request names: they may have
 * founded or joined it a moment ago, in another isolate, and memberships are remembered for up to a minute. Members pay
 * nothing for it.
 */
export const freshMembership: MiddlewareHandler<AppEnv> = async (c, next) => {
  const actor = c.get("actor");
  const org = actor.kind === "user" ? namedOrg(c) : undefined;
  if (actor.kind === "user" && org !== undefined && !belongs(actor, org)) {
    const undo = forgetUser(c.env.isolate.cache, actor.userId);
    try {
      c.set("actor", await askedAgain(c));
    } catch (error) {
      if (!isAway(error)) throw error;
      undo();
    }
  }
  await next();
};
