import type { MiddlewareHandler } from "hono";
import type { Actor } from "../../domain/actor.ts";
import { OPERATOR, organisation, person } from "../../domain/known-tenants.ts";
import type { AppEnv } from "../openapi.ts";

function tenantOf(actor: Actor): string | null {
  switch (actor.kind) {
    case "api-key":
      return organisation(actor.orgId);
    case "user":
      return person(actor.userId);
    case "operator":
      return OPERATOR;
    case "anonymous":
      return null;
    default:
      return actor satisfies never;
  }
}

/** What a request is known by before it is looked up. */
export function credentialOf(headers: Headers): string | null {
  return headers.get("authorization") ?? headers.get("cookie");
}

/** What a credential has turned out to be is kept for the next request, whose room is given before anything is looked up. */
export const knownTenant: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const credential = credentialOf(c.req.raw.headers);
  if (credential === null || !c.env.config.admission) return;
  const { tenants } = c.env.isolate;
  const actor = c.get("actor");
  const tenant = actor === undefined ? null : tenantOf(actor);
  if (tenant !== null) tenants.remember(credential, tenant);
  else if (c.res.status === 401) tenants.forget(credential);
};
