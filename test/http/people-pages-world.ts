import { callAndSettle } from "../accounts/people.ts";
import type { MemoryPlatformOptions } from "../../src/platform/memory/open.ts";
import { openFriends, type FriendsWorld } from "./friends-world.ts";
import { ORIGIN } from "./open-app.ts";
import { addSession, signedToken } from "./sessions.ts";

export interface Shown {
  status: number;
  html: string;
  headers: Headers;
  trips: number;
}

export interface PagesWorld extends FriendsWorld {
  /** A page as a person's browser asks for it. */
  page(who: string, path: string): Promise<Shown>;
  /** A form of it; `origin` is the page that sends it. */
  send(who: string, path: string, fields: Record<string, string>, origin?: string): Promise<Shown>;
  /** Posts by the API; gives the id. */
  post(who: string, text: string): Promise<string>;
  comment(who: string, post: string, text: string): Promise<string>;
}

/** Ada, Bob, Cyd and Dan, signed in in their browsers too. */
export async function openPages(options: MemoryPlatformOptions = {}): Promise<PagesWorld> {
  const t = await openFriends(options);
  const cookies = new Map<string, Promise<string>>();
  const make = async (who: string): Promise<string> => {
    const token = signedToken(t.platform, await addSession(t.platform, who));
    const cookie = `better-auth.session_token=${encodeURIComponent(token)}`;
    // Known from here on, so that a page pays no round trip for who asks.
    await t.call("/account", { headers: { cookie } });
    return cookie;
  };
  const cookieOf = (who: string): Promise<string> => {
    const known = cookies.get(who) ?? make(who);
    cookies.set(who, known);
    return known;
  };
  const shown = async (path: string, init: RequestInit): Promise<Shown> => {
    const { response, trips } = await callAndSettle(t, path, init);
    t.platform.clock.advance(1);
    return { status: response.status, html: await response.text(), headers: response.headers, trips };
  };
  const made = async (who: string, path: string, text: string): Promise<string> => {
    const token = signedToken(t.platform, await addSession(t.platform, who));
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const { response } = await callAndSettle(t, path, {
      method: "POST",
      headers,
      body: JSON.stringify({ text }),
    });
    t.platform.clock.advance(1);
    const body = (await response.json()) as { id?: string };
    if (body.id === undefined) throw new Error(`Not made: ${response.status} ${JSON.stringify(body)}`);
    return body.id;
  };
  return {
    ...t,
    page: async (who, path) => shown(path, { headers: { cookie: await cookieOf(who) } }),
    send: async (who, path, fields, origin = ORIGIN) =>
      shown(path, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { cookie: await cookieOf(who), origin },
      }),
    post: (who, text) => made(who, "/v1/posts", text),
    comment: (who, post, text) => made(who, `/v1/posts/${post}/comments`, text),
  };
}
