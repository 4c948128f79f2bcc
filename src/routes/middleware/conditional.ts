import type { Context } from "hono";
import type { AppEnv } from "../openapi.ts";

/** Spread into a route's responses where `conditional` answers. */
export const NOT_MODIFIED = {
  304: { description: "Not modified: what `If-None-Match` names is still current" },
};

/** Whether a list as in `If-None-Match` names `etag`, by weak comparison (RFC 9110, section 8.8.3.2). */
export function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  const listed = header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
  return listed.some((tag) => tag.replace(/^W\//, "") === etag);
}

/** A strong entity tag from what versions an answer: `etagOf("product", id, version)`. */
export function etagOf(...parts: readonly (string | number)[]): string {
  return `"${parts.map((part) => encodeURIComponent(part)).join(".")}"`;
}

/**
 * The answer of a cacheable GET: 304 without calling `build` where `If-None-Match` names `etag` (quoted, from
 * `etagOf`), else what `build` gives. Both carry `ETag`, `Cache-Control` and `Vary`.
 */
export async function conditional<R>(
  c: Context<AppEnv>,
  { etag, cacheControl, vary }: { etag: string; cacheControl: string; vary?: string },
  build: () => R | Promise<R>,
): Promise<R | Response> {
  c.header("ETag", etag);
  c.header("Cache-Control", cacheControl);
  if (vary !== undefined) c.header("Vary", vary);
  return namesEtag(c.req.header("if-none-match"), etag) ? c.body(null, 304) : build();
}
