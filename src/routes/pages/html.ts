import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { conditional, etagOf } from "../middleware/conditional.ts";
import type { AppEnv } from "../openapi.ts";

type Node = JSX.Element | Promise<JSX.Element>;

/** A page that may be kept and must be asked for again: its entity tag is made of its own bytes, so it cannot lie. */
export async function answerPage(c: Context<AppEnv>, node: Node): Promise<Response> {
  const html = await render(node);
  const etag = etagOf("page", await digest(html));
  return await conditional(c, { etag, cacheControl: "public, no-cache" }, () => c.html(html));
}

/** A page that no one may keep: an error, or an answer that is known to be incomplete. */
export async function answerPassingPage(
  c: Context<AppEnv>,
  node: Node,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return c.html(await render(node), status, { "Cache-Control": "no-store" });
}

async function render(node: Node): Promise<string> {
  return `<!doctype html>${await (await node).toString()}`;
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
