import type { MiddlewareHandler } from "hono";
import type { Config } from "../../config.ts";
import type { App, AppEnv } from "../openapi.ts";
import { allowedMethods } from "./not-found.ts";

const EXPOSED = [
  "Consistency-Token",
  "ETag",
  "Idempotency-Replayed",
  "Link",
  "Location",
  "Query-Id",
  "RateLimit",
  "RateLimit-Policy",
  "Receipt",
  "Retry-After",
  "Server-Timing",
  "set-auth-token",
  "X-Request-Id",
].join(", ");

const ALLOWED_HEADERS = [
  "Authorization",
  "Cache-Control",
  "Consistency-Token",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "Receipt",
  "traceparent",
  "Visitor-Id",
  "X-Request-Id",
].join(", ");

const PREFLIGHT_SECONDS = 7_200;

/** Which origin may read what is answered to `asking`; `null` for none. */
export function allowedOrigin({ corsOrigins }: Pick<Config, "corsOrigins">, asking: Headers): string | null {
  if (corsOrigins.includes("*")) return "*";
  const origin = asking.get("origin");
  return origin !== null && corsOrigins.includes(origin) ? origin : null;
}

/** Lets `origin` read an answer and its headers. */
export function letRead(headers: Headers, origin: string | null): void {
  if (origin !== "*") headers.append("Vary", "Origin");
  if (origin === null) return;
  headers.set("Access-Control-Allow-Origin", origin);
  headers.set("Access-Control-Expose-Headers", EXPOSED);
}

/** Answers preflights and `OPTIONS`; lets the configured origins read. Never with credentials: the API takes no cookies from elsewhere. */
export function crossOrigin(app: App): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const allowed = allowedOrigin(c.env.config, c.req.raw.headers);
    if (c.req.method === "OPTIONS") c.res = preflight(allowedMethods(app, c.req.path), allowed);
    else await next();
    const chosen = c.get("readableBy");
    letRead(c.res.headers, chosen === undefined ? allowed : chosen);
  };
}

function preflight(methods: readonly string[], origin: string | null): Response {
  const allow = [...methods, "OPTIONS"].join(", ");
  const headers = new Headers({ Allow: allow });
  if (origin !== null) {
    headers.set("Access-Control-Allow-Methods", allow);
    headers.set("Access-Control-Allow-Headers", ALLOWED_HEADERS);
    headers.set("Access-Control-Max-Age", String(PREFLIGHT_SECONDS));
  }
  return new Response(null, { status: 204, headers });
}
