import type { Context } from "hono";
import type { AppEnv } from "../openapi.ts";

// Clients read 8 to 16 KB of headers and fail on more; the body says the cursor too.
const MAX_LENGTH = 4_000;

/** `Link: <…>; rel="next"` (RFC 8288): this request's path and query with the next page's cursor; nothing on the last page or for a very long address. */
export function linkNext(c: Context<AppEnv>, nextCursor: string | null): void {
  if (nextCursor === null) return;
  // As text: parsing and writing an address anew costs more than the rest of a cached answer's headers.
  const { url } = c.req;
  const address = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const others = address.replace(/([?&])cursor=[^&]*&?/, "$1").replace(/[?&]$/, "");
  const link = `<${others}${others.includes("?") ? "&" : "?"}cursor=${nextCursor}>; rel="next"`;
  if (link.length <= MAX_LENGTH) c.header("Link", link);
}
