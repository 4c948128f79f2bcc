import type { Context } from "hono";
import { AppError } from "../../domain/errors.ts";
import type { AppEnv } from "../openapi.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that may change something comes from a page of another origin, as far as its browser says; without a
 * word of it, too. `Sec-Fetch-Site` cannot be set by a page's script, nor can `Origin`.
 */
export function isCrossSite(c: Context<AppEnv>): boolean {
  if (SAFE.has(c.req.method)) return false;
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site !== "same-origin";
  const origin = c.req.header("origin");
  return (
    origin === undefined || (origin !== new URL(c.req.url).origin && origin !== c.env.config.publicOrigin)
  );
}

export function crossSiteRefused(): AppError {
  return new AppError("forbidden", "A session cookie counts for requests of this site's own pages alone");
}

/** For what a cookie decides although its route is public: 403 for a request with a cookie from another site. */
export function refuseCrossSite(c: Context<AppEnv>): void {
  const byCookie = c.req.header("authorization") === undefined && c.req.header("cookie") !== undefined;
  if (byCookie && isCrossSite(c)) throw crossSiteRefused();
}
