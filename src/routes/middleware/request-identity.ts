import type { MiddlewareHandler } from "hono";
import { uuidv7 } from "../../domain/ids.ts";
import { parseTraceparent } from "../../domain/traces/trace-context.ts";
import { onBehalf } from "../../services/operations/on-behalf.ts";
import type { AppEnv } from "../openapi.ts";

/** The name that the caller has given the request, where it is one that may stand in headers, logs and pages. */
export function saneRequestId(header: string | null | undefined): string | null {
  return typeof header === "string" && /^[\w.:-]{1,128}$/.test(header) ? header : null;
}

/** Names the request, puts the names into its logger and jobs, and echoes them: `X-Request-Id`, and `traceparent` to who sent one. */
export const requestIdentity: MiddlewareHandler<AppEnv> = async (c, next) => {
  const fresh = uuidv7(c.env.clock);
  const { trace } = c.env;
  const parent = parseTraceparent(c.req.header("traceparent"));
  trace.begin({ parent, isOwnParent: false, id: fresh.replaceAll("-", ""), now: c.env.clock.now() });
  const requestId = saneRequestId(c.req.header("x-request-id")) ?? fresh;
  c.set("requestId", requestId);
  c.set("traceId", trace.id);
  c.env = onBehalf(c.env, { requestId, traceparent: trace.traceparent });
  await next();
  c.res.headers.set("X-Request-Id", requestId);
  if (parent) c.res.headers.set("traceparent", trace.traceparent);
};
