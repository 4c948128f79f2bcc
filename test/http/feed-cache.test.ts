import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import type { MemoryDeps } from "../../src/platform/memory/open.ts";
import type { EdgeCache } from "../../src/ports/edge-cache.ts";
import type { PostJson } from "../../src/services/posts/wire-post.ts";
import { callAndSettle } from "../accounts/people.ts";
import { openPosts, type Person, type PostsWorld } from "./posts-world.ts";
import { addSession, signedToken } from "./sessions.ts";

const TOKEN = "consistency-token";

interface Read {
  status: number;
  trips: number;
  cache: string | undefined;
  token: string | null;
  ids: string[];
  headers: Headers;
}

let t: PostsWorld;
const signed = new Map<Person, string>();
beforeAll(async () => {
  t = await openPosts();
  for (const who of ["ada", "bob", "dan"] as const)
    signed.set(who, signedToken(t.platform, await addSession(t.platform, who)));
});
afterAll(() => t.platform.close());

// So that nothing that one test has kept answers another, and nobody is looked up anew.
beforeEach(async () => {
  t.platform.clock.advance(60_000);
  for (const who of signed.keys()) await t.ask(bearer(who), "GET /v1/posts/none");
});

function bearer(who: Person): Record<string, string> {
  return { authorization: `Bearer ${signed.get(who)}` };
}

function cookieOf(who: Person): string {
  return `better-auth.session_token=${encodeURIComponent(signed.get(who) ?? "")}`;
}

/** As a page of this origin sends it. */
function browser(who: Person): Record<string, string> {
  return { cookie: cookieOf(who), "sec-fetch-site": "same-origin" };
}

async function read(
  headers: Record<string, string>,
  query = "",
  overrides: Partial<MemoryDeps> = {},
): Promise<Read> {
  const { response, trips } = await callAndSettle(t, `/v1/feed${query}`, { headers }, overrides);
  const text = await response.text();
  const items = response.status === 200 ? (JSON.parse(text) as { items: PostJson[] }).items : [];
  const cache = /cache;desc="(\w+)"/.exec(response.headers.get("server-timing") ?? "")?.[1];
  const { status, headers: given } = response;
  return { status, trips, cache, token: given.get(TOKEN), ids: items.map(({ id }) => id), headers: given };
}

/** A page that is kept now, and the token that came with it. */
async function keepPage(who: Person, query = ""): Promise<Read & { token: string }> {
  const first = await read(bearer(who), query);
  if (first.token === null) throw new Error("A feed without posts has no token");
  return { ...first, token: first.token };
}

function writtenBy(who: Person): Promise<string> {
  return t.ask(who, "POST /v1/posts", { text: "Mine" }).then(({ headers }) => headers.get(TOKEN) ?? "none");
}

describe("a first page", () => {
  beforeAll(async () => {
    await t.post("bob");
    await t.post("dan");
  });

  test("answers again without a round trip who brings the token of the answer before", async () => {
    const first = await keepPage("ada");
    expect(first).toMatchObject({ status: 200, trips: 1, cache: "miss" });
    const again = await read({ ...bearer("ada"), [TOKEN]: first.token });
    expect(again).toMatchObject({ status: 200, trips: 0, cache: "hit", ids: first.ids, token: first.token });
    for (const name of ["etag", "cache-control", "vary", "content-type", "link"])
      expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)]);
  });

  test("is not sent again where the client has it, kept or not", async () => {
    const { token, headers } = await keepPage("ada");
    const held = { ...bearer("ada"), "if-none-match": headers.get("etag") ?? "" };
    expect(await read({ ...held, [TOKEN]: token })).toMatchObject({ status: 304, trips: 0, cache: "hit" });
    expect(await read(held)).toMatchObject({ status: 304, trips: 1, cache: "miss" });
  });

  test("is kept for 5 s", async () => {
    const { token } = await keepPage("ada");
    t.platform.clock.advance(5_000);
    expect(await read({ ...bearer("ada"), [TOKEN]: token })).toMatchObject({ cache: "hit" });
    t.platform.clock.advance(1);
    expect(await read({ ...bearer("ada"), [TOKEN]: token })).toMatchObject({ cache: "miss" });
  });

  test("of another size is another page", async () => {
    await t.post("bob");
    const { token, headers } = await keepPage("ada", "?limit=1");
    expect(headers.get("link")).toMatch(/limit=1&cursor=/);
    expect(await read({ ...bearer("ada"), [TOKEN]: token })).toMatchObject({ cache: "miss" });
    const again = await read({ ...bearer("ada"), [TOKEN]: token }, "?limit=1");
    expect(again).toMatchObject({ cache: "hit" });
    expect(again.headers.get("link")).toBe(headers.get("link"));
  });

  test("comes from the database without a token, and for `Cache-Control: no-cache`", async () => {
    const { token } = await keepPage("ada");
    expect(await read(bearer("ada"))).toMatchObject({ trips: 1, cache: "miss" });
    for (const directive of ["no-cache", "max-age=0", "no-store", "private, No-Cache"])
      expect(
        await read({ ...bearer("ada"), [TOKEN]: token, "cache-control": directive }),
        directive,
      ).toMatchObject({ trips: 1, cache: "miss" });
    const longer = await read({ ...bearer("ada"), [TOKEN]: token, "cache-control": "max-age=01" });
    expect(longer).toMatchObject({ cache: "hit" });
  });

  test("is only its viewer's, whatever they are told", async () => {
    const [ofAda, ofDan] = [await keepPage("ada"), await keepPage("dan")];
    for (const tokens of [ofAda.token, `${ofAda.token},${ofDan.token}`, ofDan.token]) {
      const seen = await read({ ...bearer("dan"), [TOKEN]: tokens }, "?user_id=ada");
      expect(seen.ids).toEqual(ofDan.ids);
    }
    expect(ofAda.ids).not.toEqual(ofDan.ids);
  });

  test("with the token of another, or with none that is one, comes from the database", async () => {
    const [ofAda, ofDan] = [await keepPage("ada"), await keepPage("dan")];
    const [seq, digest] = ofAda.token.split(".");
    const bad = [
      "",
      ",",
      "x",
      digest,
      `${seq}.`,
      `-1.${digest}`,
      `1e3.${digest}`,
      `${"9".repeat(16)}.${digest}`,
    ];
    for (const tokens of [ofDan.token, ...bad, bad.join(",")])
      expect(await read({ ...bearer("ada"), [TOKEN]: tokens }), tokens).toMatchObject({ cache: "miss" });
    expect(await read({ ...bearer("ada"), [TOKEN]: `x, ${ofDan.token} ,${ofAda.token}` })).toMatchObject({
      cache: "hit",
    });
  });

  test("of an empty feed is read anew", async () => {
    await t.sql("UPDATE posts SET deleted_at = 1 WHERE author_id = 'dan'");
    const empty = await read(bearer("dan"));
    expect(empty).toMatchObject({ status: 200, ids: [], token: null });
    expect(await read({ ...bearer("dan"), [TOKEN]: await writtenBy("dan") })).toMatchObject({
      cache: "miss",
    });
  });
});

describe("what one has written oneself", () => {
  test("is in the page for who brings the answer's token, in whatever company", async () => {
    const before = await keepPage("ada");
    const after = await writtenBy("ada");
    expect(await read({ ...bearer("ada"), [TOKEN]: before.token })).toMatchObject({ cache: "hit" });
    for (const tokens of [after, `${after},${before.token}`, `${before.token},${after}`, `${after},x`]) {
      await keepOld(before);
      const seen = await read({ ...bearer("ada"), [TOKEN]: tokens });
      expect([tokens, seen.cache, seen.ids.length]).toEqual([tokens, "miss", before.ids.length + 1]);
    }
    expect(await read({ ...bearer("ada"), [TOKEN]: after })).toMatchObject({ cache: "hit" });
  });

  /** As though another isolate had kept the old page just now. */
  async function keepOld(before: Read & { token: string }): Promise<void> {
    const key = "feed:20:ada";
    const body = JSON.stringify({ items: [], next_cursor: null });
    const kept = { viewer: "ada", seq: Number.parseInt(before.token, 10), readAt: t.platform.clock.now() };
    t.platform.isolate.feedPages.set(key, { ...kept, etag: '"x"', nextCursor: null, body }, 100);
    await t.platform.edgeCache.put(key, "", 0);
  }

  test.each([
    ["a post", "POST /v1/posts", { text: "Hi" }],
    ["a comment", "POST /v1/posts/{post}/comments", { text: "Hi" }],
    ["the end of a comment", "DELETE /v1/comments/{comment}", undefined],
    ["a like", "PUT /v1/posts/{post}/like", undefined],
    ["a like again", "PUT /v1/posts/{post}/like", undefined],
    ["a like taken back", "DELETE /v1/posts/{post}/like", undefined],
    ["the end of a post", "DELETE /v1/posts/{own}", undefined],
    ["an asking", "PUT /v1/friends/dan", undefined],
    ["the end of an asking", "DELETE /v1/friends/dan", undefined],
    ["a mute", "PUT /v1/mutes/cyd", undefined],
    ["the end of a mute", "DELETE /v1/mutes/cyd", undefined],
    ["a block", "PUT /v1/blocks/dan", undefined],
    ["the end of a block", "DELETE /v1/blocks/dan", undefined],
  ])("counts: %s, in one round trip", async (_, request, body) => {
    const { id: post } = await t.post("bob");
    const { id: own } = await t.post("ada");
    const { id: comment } = await t.comment("ada", post);
    const before = Number.parseInt((await keepPage("ada")).token, 10);
    const path = request.replace("{post}", post).replace("{own}", own).replace("{comment}", comment);
    const { status, trips, headers } = await t.ask("ada", path, body);
    expect([Math.floor(status / 100), trips]).toEqual([2, 1]);
    expect(Number.parseInt(headers.get(TOKEN) ?? "", 10)).toBe(before + 1);
  });

  test("has the same token where the answer is sent again", async () => {
    const headers = { ...bearer("ada"), "idempotency-key": "one-post" };
    const first = await t.ask(headers, "POST /v1/posts", { text: "Once" });
    await writtenBy("ada");
    const again = await t.ask(headers, "POST /v1/posts", { text: "Once" });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(again.headers.get(TOKEN)).toBe(first.headers.get(TOKEN));
  });

  test("comes to browsers as a cookie, each of several at once, which scripts cannot read", async () => {
    const first = await t.ask(browser("ada"), "POST /v1/posts", { text: "One" });
    const second = await t.ask(browser("ada"), "POST /v1/posts", { text: "Two" });
    const cookies = [first, second].map(({ headers }) => headers.getSetCookie().join());
    for (const cookie of cookies)
      expect(cookie).toMatch(
        /^vitrine\.seen-\d+=\d+\.[\w-]{12}; Max-Age=30; Path=\/; HttpOnly; SameSite=Lax$/,
      );
    expect(cookies[0].split("=")[0]).not.toBe(cookies[1].split("=")[0]);
    expect((await t.ask(bearer("ada"), "POST /v1/posts", { text: "Three" })).headers.getSetCookie()).toEqual(
      [],
    );
  });

  test("is in the page for a browser that has both, a header of old and the cookie", async () => {
    const before = await keepPage("ada");
    const { headers } = await t.ask(browser("ada"), "POST /v1/posts", { text: "New" });
    const [cookie] = headers.getSetCookie()[0].split(";");
    const held = { cookie: `${cookieOf("ada")}; ${cookie}` };
    expect(await read({ ...held, [TOKEN]: before.token })).toMatchObject({ cache: "miss" });
    expect(await read({ ...held, [TOKEN]: before.token })).toMatchObject({ cache: "hit" });
  });

  test("a browser is told once where it stands, and then has hits", async () => {
    const session = cookieOf("bob");
    const first = await read({ cookie: session });
    const [set] = first.headers.getSetCookie();
    expect(set).toMatch(/^vitrine\.seen=\d+\.[\w-]{12}; Path=\/; HttpOnly; SameSite=Lax$/);
    const again = await read({ cookie: `${session}; ${set.split(";")[0]}` });
    expect(again).toMatchObject({ cache: "hit", ids: first.ids });
    expect(again.headers.getSetCookie()).toEqual([]);
  });
});

describe("the tiers", () => {
  test("what one isolate has read another of the data centre answers", async () => {
    const { token, ids } = await keepPage("bob");
    const isolate = newIsolate();
    const asks = () => read({ ...bearer("bob"), [TOKEN]: token }, "", { isolate });
    // The first request of an isolate looks the session up.
    expect(await asks()).toMatchObject({ cache: "hit", ids });
    expect(await asks()).toMatchObject({ cache: "hit", trips: 0, ids });
  });

  const broken: EdgeCache = {
    get: () => Promise.reject(new Error("no cache today")),
    put: () => Promise.reject(new Error("no cache today")),
    getBytes: () => Promise.reject(new Error("no cache today")),
    putBytes: () => Promise.reject(new Error("no cache today")),
  };
  const garbled = (text: string): EdgeCache => ({
    ...broken,
    get: async () => text,
    put: async () => undefined,
  });

  test.each([
    ["fails", broken],
    ["gives no page", garbled("")],
    ["gives half a page", garbled('{"viewer":"bob"}\n{}')],
    ["gives another's page", garbled(`${JSON.stringify(pageOfAda())}\n{}`)],
  ])("a tier that %s is a miss", async (_, edgeCache) => {
    const { token, ids } = await keepPage("bob");
    const isolate = newIsolate();
    const seen = await read({ ...bearer("bob"), [TOKEN]: token }, "", { isolate, edgeCache });
    expect(seen).toMatchObject({ status: 200, cache: "miss", ids });
  });

  function pageOfAda(): object {
    return { viewer: "ada", seq: 1_000, readAt: 1e15, etag: '"x"', nextCursor: null };
  }
});
