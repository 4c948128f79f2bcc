import type { Context, MiddlewareHandler } from "hono";
import type { RouteConfig } from "@hono/zod-openapi";
import type { Actor } from "../../domain/actor.ts";
import { AppError } from "../../domain/errors.ts";
import { RATE_LIMIT_CLASSES } from "../../ports/rate-limit.ts";
import type { RateLimitClass, RateLimitPolicy } from "../../ports/rate-limit.ts";
import type { AppEnv } from "../openapi.ts";
import { clientKey } from "./client-key.ts";
import type { OperationOf } from "./operation-table.ts";

function classOf(operation: RouteConfig | undefined, method: string): RateLimitClass {
  const declared: unknown = operation?.["x-rate-class"];
  const known = RATE_LIMIT_CLASSES.find((one) => one === declared);
  if (known !== undefined) return known;
  return method === "GET" || method === "HEAD" ? "read" : "write";
}

function keyOf(c: Context<AppEnv>, actor: Actor): string {
  switch (actor.kind) {
    case "api-key":
      return `key:${actor.keyId}`;
    case "user":
      return `user:${actor.userId}`;
    case "operator":
      return "operator";
    case "anonymous":
      return `client:${clientKey(c)}`;
    default:
      return actor satisfies never;
  }
}

/** As draft-ietf-httpapi-ratelimit-headers-10 has it. What remains is known only to who is refused: nothing. */
function policyField(of: RateLimitClass, policy: RateLimitPolicy): string {
  return `"${of}";q=${policy.limit};w=${policy.windowSeconds}`;
}

function refuse(c: Context<AppEnv>, of: RateLimitClass, { limit, windowSeconds }: RateLimitPolicy): never {
  c.header("RateLimit-Policy", policyField(of, { limit, windowSeconds }));
  c.header("RateLimit", `"${of}";r=0;t=${windowSeconds}`);
  const detail = `More than ${limit} ${of} requests in ${windowSeconds} s`;
  throw new AppError("rate_limited", { detail, retryAfterSeconds: windowSeconds });
}

/** Counts what a page's form does as the API counts the same. Throws `rate_limited`. */
export async function countForm(c: Context<AppEnv>, of: RateLimitClass): Promise<void> {
  const { config, rateLimit } = c.env;
  if (!config.rateLimits || (await rateLimit.take(of, keyOf(c, c.get("actor"))))) return;
  refuse(c, of, rateLimit.policy(of));
}

/** Counts requests by key or client, and refuses those over their class's limit. */
export function rateLimit(operationOf: OperationOf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!c.env.config.rateLimits) return next();
    const of = classOf(operationOf(c), c.req.method);
    const policy = c.env.rateLimit.policy(of);
    if (!(await c.env.rateLimit.take(of, keyOf(c, c.get("actor"))))) refuse(c, of, policy);
    await next();
    c.res.headers.set("RateLimit-Policy", policyField(of, policy));
  };
}
