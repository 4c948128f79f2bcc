import type { Context } from "hono";
import type { AppEnv } from "../openapi.ts";

/** `Link: <…>; rel="next"` (RFC 8288): this request's path and query with the next page's cursor; nothing on the last page. */
export function linkNext(c: Context<AppEnv>, nextCursor: string | null): void {
  if (nextCursor === null) return;
  const url = new URL(c.req.url);
  url.searchParams.set("cursor", nextCursor);
  c.header("Link", `<${url.pathname}${url.search}>; rel="next"`);
}
