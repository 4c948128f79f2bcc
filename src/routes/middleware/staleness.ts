import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../openapi.ts";

/**
 * Says of an answer that was known last, as a store is away, how old it is (RFC 9111, section 5.1, and the warning that
 * RFC 7234, section 5.5.1, has for it). It is kept nowhere, so that the next one is current as soon as it can be.
 */
export const staleness: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { staleSince } = c.env.receipt;
  if (staleSince === null || c.res.status >= 400) return;
  const seconds = Math.max(0, Math.round((c.env.clock.now() - staleSince) / 1_000));
  c.res.headers.set("Age", String(seconds));
  c.res.headers.set("Warning", '110 - "Response is Stale"');
  c.res.headers.set("Cache-Control", "no-store");
};
