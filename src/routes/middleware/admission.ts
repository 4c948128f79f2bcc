import type { Context, MiddlewareHandler } from "hono";
import type { Actor } from "../../domain/actor.ts";
import type { Refusal } from "../../domain/admission.ts";
import type { CpuClass } from "../../domain/budget.ts";
import { AppError } from "../../domain/errors.ts";
import { budgetOf } from "../budget.ts";
import type { AppEnv } from "../openapi.ts";
import { PAGE_BUDGETS } from "../pages/budgets.ts";
import { clientKey } from "./client-key.ts";
import type { OperationOf } from "./operation-table.ts";
import { routePattern } from "./request-log.ts";

/** Who must know what is the matter while there is no room for others. */
const EXEMPT = /^\/(?:healthz$|readyz$|metrics$|ops(?:$|\/)|v1\/admin\/)/;
const OPERATOR = "operator";
const ORGANISATION = "org:";
const RETRY_AFTER_SECONDS = 1;

/** What is declared of a route's work, roughly in its proportions; what streams mostly waits. */
const SHARES: Readonly<Record<CpuClass, number>> = { light: 1, medium: 2, heavy: 8, bulk: 8 };

/** An organisation is the people who work for it, and its servers. */
const WEIGHT_OF_ORGANISATION = 16;

function sharesOf(c: Context<AppEnv>, operationOf: OperationOf): number {
  const budget = budgetOf(operationOf(c) ?? PAGE_BUDGETS[`${c.req.method} ${routePattern(c)}`]);
  return SHARES[budget?.cpu ?? "light"];
}

function credentialOf(c: Context<AppEnv>): string | undefined {
  return c.req.header("authorization") ?? c.req.header("cookie");
}

function tenantOf(actor: Actor): string | null {
  switch (actor.kind) {
    case "api-key":
      return `${ORGANISATION}${actor.orgId}`;
    case "user":
      return `user:${actor.userId}`;
    case "operator":
      return OPERATOR;
    case "anonymous":
      return null;
    default:
      return actor satisfies never;
  }
}

/** What the credential has turned out to be is kept for the next request. */
function learn(c: Context<AppEnv>, credential: string | undefined): void {
  if (credential === undefined) return;
  const { tenants } = c.env.isolate;
  const actor = c.get("actor");
  const tenant = actor === undefined ? null : tenantOf(actor);
  if (tenant !== null) tenants.remember(credential, tenant);
  else if (c.res.status === 401) tenants.forget(credential);
}

/** How long it takes until the isolate has done what it had to do at this moment. */
function turn(): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => setTimeout(() => resolve(performance.now() - started), 0));
}

function refuse(c: Context<AppEnv>, reason: Refusal): never {
  c.env.isolate.metrics.count("requests_shed", { reason });
  throw new AppError("overloaded", {
    detail: "More is asked for at this moment than can be answered in time",
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/**
 * Lets in what can be answered in time, and refuses the rest at once, before anything is looked up or read. A tenant
 * that asks for little finds room, however much others ask for.
 */
export function admission(operationOf: OperationOf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!c.env.config.admission || EXEMPT.test(c.req.path)) return next();
    const { isolate, clock, lifetime } = c.env;
    const credential = credentialOf(c);
    const known = credential === undefined ? undefined : isolate.tenants.of(credential);
    if (known === OPERATOR) return next();
    const tenant = known ?? `client:${clientKey(c)}`;
    const weight = tenant.startsWith(ORGANISATION) ? WEIGHT_OF_ORGANISATION : 1;
    const ticket = isolate.admission.enter(clock.now(), tenant, { shares: sharesOf(c, operationOf), weight });
    if (typeof ticket === "string") refuse(c, ticket);
    const turned = turn();
    try {
      await next();
      learn(c, credential);
    } finally {
      lifetime.defer(turned.then((waitedMs) => isolate.admission.leave(clock.now(), ticket, waitedMs)));
    }
  };
}
