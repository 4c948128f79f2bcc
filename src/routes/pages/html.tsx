import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Actor } from "../../domain/actor.ts";
import { FrameContext } from "../../web/viewer.ts";
import type { Frame, Viewer } from "../../web/viewer.ts";
import { conditional, etagOf } from "../middleware/conditional.ts";
import type { AppEnv } from "../openapi.ts";

type Node = JSX.Element | Promise<JSX.Element>;

/**
 * A page that may be kept and must be asked for again: its entity tag is made of its own bytes, so it cannot lie. What a
 * signed-in person sees carries their name, so only their own browser may keep it.
 */
export async function answerPage(c: Context<AppEnv>, node: Node): Promise<Response> {
  const html = await render(c, node);
  const etag = etagOf("page", await digest(html));
  const cacheControl = viewerOf(c.get("actor")) === null ? "public, no-cache" : "private, no-cache";
  return await conditional(c, { etag, cacheControl, vary: "Cookie" }, () => c.html(html));
}

/** A page that no one may keep: an error, what is for one person alone, or an answer that is known to be incomplete. */
export async function answerPassingPage(
  c: Context<AppEnv>,
  node: Node,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return c.html(await render(c, node), status, { "Cache-Control": "no-store" });
}

async function render(c: Context<AppEnv>, node: Node): Promise<string> {
  const { pathname, search } = new URL(c.req.url);
  return renderFor(
    { viewer: viewerOf(c.get("actor")), path: c.req.method === "GET" ? pathname + search : pathname },
    node,
  );
}

/** The document that is shown in `frame`. */
export async function renderFor(frame: Frame, node: Node): Promise<string> {
  const page = await node;
  return `<!doctype html>${await (<FrameContext.Provider value={frame}>{page}</FrameContext.Provider>).toString()}`;
}

// An error may be shown before anyone was asked for who they are.
function viewerOf(actor: Actor | undefined): Viewer | null {
  if (actor?.kind !== "user") return null;
  const { userId, name, email, memberships } = actor;
  return { id: userId, name, email, orgs: memberships.map(({ orgSlug }) => orgSlug) };
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
