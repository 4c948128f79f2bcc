import type { MiddlewareHandler } from "hono";
import type { Config } from "../../config.ts";
import type { AppEnv } from "../openapi.ts";

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: http: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = [
  ["Content-Security-Policy", CONTENT_SECURITY_POLICY],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "strict-origin-when-cross-origin"],
  ["Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
] as const;

/** What every response carries unless its route set its own. */
export function secure(headers: Headers, { environment }: Pick<Config, "environment">): void {
  for (const [name, value] of HEADERS) if (!headers.has(name)) headers.set(name, value);
  if (environment === "production")
    headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

export const secureHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  secure(c.res.headers, c.env.config);
};

/** Innermost: a response from a cache or a fetch has frozen headers, so it is copied once for those above. */
export const mutableHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  try {
    c.res.headers.delete("X-Request-Id");
  } catch {
    c.res = new Response(c.res.body, c.res);
  }
};
