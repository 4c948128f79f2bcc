import type { Context, MiddlewareHandler } from "hono";
import type { Actor } from "../../domain/actor.ts";
import type { CpuClass } from "../../domain/budget.ts";
import { AppError, ERROR_CODES } from "../../domain/errors.ts";
import { budgetOf } from "../budget.ts";
import { PROBLEM_TYPE } from "../openapi.ts";
import type { AppEnv } from "../openapi.ts";
import { PAGE_BUDGETS } from "../pages/budgets.ts";
import { clientKey } from "./client-key.ts";
import { letOriginRead } from "./cross-origin.ts";
import { isApiPath } from "./not-found.ts";
import type { OperationOf } from "./operation-table.ts";
import { routePattern } from "./request-log.ts";
import { setSecureHeaders } from "./secure-headers.ts";

/** Who must know what is the matter while there is no room for others. */
const EXEMPT = /^\/(?:healthz$|readyz$|metrics$|ops(?:$|\/)|v1\/admin\/)/;
const OPERATOR = "operator";
const RETRY_AFTER_SECONDS = 1;
const DETAIL = "More is asked for at this moment than can be answered in time";
const REFUSED = {
  "Content-Type": PROBLEM_TYPE,
  "Cache-Control": "no-store",
  "Retry-After": String(RETRY_AFTER_SECONDS),
  "Server-Timing": 'db;dur=0;desc="0 trips", total;dur=0',
};

/** What is declared of a route's work, roughly in its proportions; what streams mostly waits. */
const SHARES: Readonly<Record<CpuClass, number>> = { light: 1, medium: 2, heavy: 8, bulk: 8 };

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
      return `org:${actor.orgId}`;
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

function overloaded(): AppError {
  return new AppError("overloaded", { detail: DETAIL, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/** A problem as `problemAnswer` makes it, without all that stands between: in a flood, refusing is most of the work. */
function problemAtOnce(c: Context<AppEnv>): Response {
  const { status, title } = ERROR_CODES.overloaded;
  const [type, code] = ["/docs#problem-overloaded", "overloaded"];
  const problem = { type, title, status, detail: DETAIL, code, request_id: c.var.requestId };
  const headers = new Headers(REFUSED);
  setSecureHeaders(headers, c.env.config);
  letOriginRead(c, headers);
  c.env.isolate.metrics.count("request_problems", { code });
  return new Response(JSON.stringify(problem), { status, headers });
}

/**
 * Lets in what can be answered in time, and refuses the rest at once, before anything is looked up or read. A tenant
 * that asks for little finds room, however much others ask for. `programs` are the API's paths, whose middleware stands
 * first; `people`'s stands where errors are pages already.
 */
export function admission(operationOf: OperationOf, of: "programs" | "people"): MiddlewareHandler<AppEnv> {
  const isForPrograms = of === "programs";
  return async (c, next) => {
    if (isApiPath(c.req.path) !== isForPrograms) return next();
    if (!c.env.config.admission || EXEMPT.test(c.req.path)) return next();
    const { isolate, clock, lifetime } = c.env;
    const credential = credentialOf(c);
    const known = credential === undefined ? undefined : isolate.tenants.of(credential);
    if (known === OPERATOR) return next();
    const tenant = known ?? `client:${clientKey(c)}`;
    const ticket = isolate.admission.enter(clock.now(), tenant, sharesOf(c, operationOf));
    if (typeof ticket === "string") {
      isolate.metrics.count("requests_shed", { reason: ticket });
      if (isForPrograms) return problemAtOnce(c);
      throw overloaded();
    }
    const turned = turn();
    try {
      await next();
      learn(c, credential);
    } finally {
      lifetime.defer(turned.then((waitedMs) => isolate.admission.leave(clock.now(), ticket, waitedMs)));
    }
  };
}
