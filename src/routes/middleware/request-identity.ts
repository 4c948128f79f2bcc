import type { MiddlewareHandler } from "hono";
import { uuidv7 } from "../../domain/ids.ts";
import type { AppEnv } from "../openapi.ts";

export interface Trace {
  /** 32 hex digits. */
  id: string;
  flags: string;
}

/** The trace of a W3C `traceparent`; `null` where it is absent or breaks the format (then a new one starts). */
export function parseTraceparent(header: string | undefined): Trace | null {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header ?? "");
  if (match === null) return null;
  const [, version, id, parent, flags, more] = match;
  const forbidden = version === "ff" || (version === "00" && more !== undefined);
  return forbidden || /^0+$/.test(id) || /^0+$/.test(parent) ? null : { id, flags };
}

function saneRequestId(header: string | undefined): string | null {
  return header !== undefined && /^[\w.:-]{1,128}$/.test(header) ? header : null;
}

function newSpanId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Names the request, puts the names into its logger and echoes them: `X-Request-Id`, and `traceparent` to who sent one. */
export const requestIdentity: MiddlewareHandler<AppEnv> = async (c, next) => {
  const fresh = uuidv7(c.env.clock);
  const trace = parseTraceparent(c.req.header("traceparent"));
  const requestId = saneRequestId(c.req.header("x-request-id")) ?? fresh;
  const traceId = trace?.id ?? fresh.replaceAll("-", "");
  c.set("requestId", requestId);
  c.set("traceId", traceId);
  c.env = { ...c.env, log: c.env.log.with({ request_id: requestId, trace_id: traceId }) };
  await next();
  c.res.headers.set("X-Request-Id", requestId);
  if (trace) c.res.headers.set("traceparent", `00-${trace.id}-${newSpanId()}-${trace.flags}`);
};
