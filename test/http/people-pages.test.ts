import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ORIGIN } from "./open-app.ts";
import { openPages, type PagesWorld } from "./people-pages-world.ts";

let t: PagesWorld;
beforeEach(async () => {
  t = await openPages();
});
afterEach(() => t.platform.close());

const PAGES = ["/friends", "/u/bob", "/posts/none"];

describe("the pages about people", () => {
  test.each(PAGES)("%s leads who is not signed in to the sign-in page and back", async (path) => {
    const signIn = `/sign-in?${new URLSearchParams({ next: path })}`;
    const got = await t.call(path);
    expect([got.status, got.headers.get("location")]).toEqual([303, signIn]);
    const form = { method: "POST", body: new URLSearchParams({ do: "ask" }), headers: { origin: ORIGIN } };
    const sent = await t.call(path, form);
    expect([sent.status, sent.headers.get("location")]).toEqual([303, signIn]);
  });

  test("change nothing for a form of another site", async () => {
    await t.befriend("ada", "bob");
    const post = await t.post("bob", "Hello");
    for (const [path, fields] of [
      ["/friends", { do: "unfriend", user: "bob" }],
      ["/u/bob", { do: "block" }],
      [`/posts/${post}`, { do: "comment", text: "Forged" }],
    ] as const) {
      expect((await t.send("ada", path, fields, "https://evil.example")).status).toBe(403);
    }
    expect(await t.rows()).toHaveLength(2);
    expect(await t.sql("SELECT * FROM hidings")).toEqual([]);
    expect(await t.sql("SELECT * FROM comments")).toEqual([]);
  });

  test("take one round trip each, whatever they show, and are kept by no cache", async () => {
    await t.befriend("ada", "bob");
    const post = await t.post("bob", "Hello");
    await t.comment("ada", post, "Yes?");
    for (const path of ["/friends", "/friends?q=bo", "/u/bob", "/u/ada", `/posts/${post}`]) {
      const { status, trips, headers } = await t.page("ada", path);
      expect([path, status, trips, headers.get("cache-control")]).toEqual([path, 200, 1, "no-store"]);
    }
  });

  test("say in a page that a cursor is not theirs", async () => {
    for (const path of ["/friends?friends=x", "/u/bob?cursor=x", "/posts/none?comments=x"]) {
      const { status, headers } = await t.page("ada", path);
      expect([status, headers.get("content-type")]).toEqual([400, "text/html; charset=UTF-8"]);
    }
  });

  test("take no cursor of another's list", async () => {
    for (let at = 0; at < 21; at++) {
      const id = `many${at}`;
      await t.add(id, `Many ${at}`);
      await t.befriend("bob", id);
    }
    const { html } = await t.page("bob", "/friends");
    const cursor = /friends\?friends=([^#"]+)#friends/.exec(html)?.[1] ?? "";
    expect((await t.page("bob", `/friends?friends=${cursor}`)).status).toBe(200);
    expect((await t.page("ada", `/friends?friends=${cursor}`)).status).toBe(400);
  });
});

/** What Ada and Bob did to each other, in this order. */
const PASTS: readonly (readonly string[])[] = [
  [],
  ["ada PUT friends"],
  ["bob PUT friends"],
  ["ada PUT friends", "bob PUT friends"],
  ["ada PUT friends", "bob PUT friends", "ada PUT mutes"],
  ["ada PUT friends", "bob PUT friends", "bob PUT mutes"],
  ["ada PUT friends", "bob PUT friends", "ada PUT blocks"],
  ["ada PUT friends", "bob PUT friends", "bob PUT blocks"],
  ["bob PUT friends", "bob PUT blocks"],
  ["bob PUT mutes"],
  ["ada PUT mutes", "bob PUT blocks"],
];

async function play(past: readonly string[]): Promise<void> {
  for (const act of past) {
    const [who, method, list] = act.split(" ");
    await t.ask(who, `${method} /v1/${list}/${who === "ada" ? "bob" : "ada"}`);
  }
}

interface PersonBody {
  friendship: string | null;
  friend_count: number | null;
  is_blocked: boolean;
}

describe.each(PASTS.map((past) => ({ past, name: past.join(", ") || "nothing" })))(
  "after $name",
  ({ past }) => {
    let post: string;
    beforeEach(async () => {
      post = await t.post("bob", "SECRET-OF-BOB");
      await play(past);
    });

    test("a person's page is there, and tells, what the API tells", async () => {
      const api = await t.ask("ada", "GET /v1/users/bob");
      const posts = await t.ask("ada", "GET /v1/users/bob/posts");
      const { status, html } = await t.page("ada", "/u/bob");
      expect([status, posts.status]).toEqual([api.status, api.status]);
      expect(html.includes("SECRET-OF-BOB")).toBe(JSON.stringify(posts.body).includes("SECRET-OF-BOB"));
      expect(html).not.toContain("bob@secret.example");
      if (api.status !== 200) return expect(html).toBe((await t.page("ada", "/u/nobody")).html);
      const told = api.body as PersonBody;
      expect(html).toContain("Bob Lovelace");
      expect(html.includes("person-counts")).toBe(told.friend_count !== null);
      const forms = [...html.matchAll(/name="do" value="(\w+)"/g)].map(([, act]) => act);
      expect(forms.includes("unblock")).toBe(told.is_blocked);
      expect(forms.includes("ask")).toBe(!told.is_blocked && told.friendship === null);
      expect(forms.includes("accept")).toBe(told.friendship === "asking");
    });

    test("a post's page is there where the API shows the post, and is as of none where not", async () => {
      const api = await t.ask("ada", `GET /v1/posts/${post}`);
      const { status, html } = await t.page("ada", `/posts/${post}`);
      expect(status).toBe(api.status);
      expect(html.includes("SECRET-OF-BOB")).toBe(api.status === 200);
      if (status === 404) expect(html).toBe((await t.page("ada", "/posts/none")).html);
      const sent = await t.send("ada", `/posts/${post}`, { do: "comment", text: "Hm" });
      expect(sent.status).toBe(api.status === 200 ? 303 : 404);
    });

    test("the lists name whom the API's lists name, and nobody else is found", async () => {
      const lists = [
        "/v1/friends",
        "/v1/friends/requests?direction=incoming",
        "/v1/friends/requests?direction=outgoing",
        "/v1/blocks",
        "/v1/mutes",
      ];
      let isListed = false;
      for (const list of lists) isListed ||= (await t.idsOf("ada", list)).includes("bob");
      const { html } = await t.page("ada", "/friends");
      expect(html.includes("Bob Lovelace")).toBe(isListed);
      const found = await t.ask("ada", "GET /v1/users?q=bob");
      const search = await t.page("ada", "/friends?q=bob");
      const shown = /<search.*?<\/search>/s.exec(search.html)?.[0] ?? "";
      expect(shown.includes("Bob Lovelace")).toBe(JSON.stringify(found.body).includes("Bob Lovelace"));
      expect(search.html).not.toContain("bob@secret.example");
    });
  },
);

describe("a post's page", () => {
  test("leaves out who is hidden from the one who looks, of comments and of likes", async () => {
    for (const friend of ["ada", "cyd", "dan"]) await t.befriend("bob", friend);
    const post = await t.post("bob", "Hello");
    await t.comment("cyd", post, "REMARK-OF-CYD");
    await t.comment("dan", post, "REMARK-OF-DAN");
    for (const who of ["cyd", "dan"]) await t.ask(who, `PUT /v1/posts/${post}/like`);
    await t.ask("cyd", "PUT /v1/blocks/ada");
    const { html } = await t.page("ada", `/posts/${post}`);
    expect(html).toContain("REMARK-OF-DAN");
    expect(html).not.toContain("REMARK-OF-CYD");
    expect(html).not.toContain("Cyd Lovelace");
  });

  test("keeps a comment that is too long, and says so at the field", async () => {
    const post = await t.post("ada", "Hello");
    const text = `${"x".repeat(1_001)} <end>`;
    const { status, html } = await t.send("ada", `/posts/${post}`, { do: "comment", text });
    expect(status).toBe(422);
    expect(html).toContain(`${"x".repeat(1_001)} &lt;end&gt;`);
    expect(html).toContain('id="comment-error"');
    expect(await t.sql("SELECT * FROM comments")).toEqual([]);
  });
});

describe("with rate limits", () => {
  const two = { limit: 2, windowSeconds: 60 };
  beforeEach(async () => {
    t.platform.close();
    t = await openPages({
      config: { rateLimits: true },
      rateLimits: { sensitive: two, ask: two, post: two },
    });
  });

  test("looking for people is counted as the API counts it, and the lists stay", async () => {
    await t.befriend("ada", "bob");
    for (let at = 0; at < 2; at++) expect((await t.page("ada", "/friends?q=cy")).status).toBe(200);
    const { status, html, headers } = await t.page("ada", "/friends?q=cy");
    expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
    expect(html).toContain("a lot in a short time");
    expect(html).toContain('value="cy"');
    expect(html).toContain("Bob Lovelace");
    expect(html).not.toContain("Cyd Lovelace");
    expect((await t.ask("ada", "GET /v1/users?q=cy")).status).toBe(429);
  });

  test("asking is refused in words on the page it was sent from", async () => {
    for (const who of ["bob", "cyd"])
      expect((await t.send("ada", `/u/${who}`, { do: "ask" })).status).toBe(303);
    const { status, html } = await t.send("ada", "/u/dan", { do: "ask" });
    expect(status).toBe(429);
    expect(html).toContain("a lot in a short time");
    expect(html).toContain("Dan Lovelace");
    expect(await t.idsOf("ada", "/v1/friends/requests?direction=outgoing")).toEqual(["cyd", "bob"]);
  });

  test("a comment too many stays in the form", async () => {
    const post = await t.post("ada", "Hello");
    for (let at = 0; at < 2; at++)
      await t.send("ada", `/posts/${post}`, { do: "comment", text: `No. ${at}` });
    const { status, html } = await t.send("ada", `/posts/${post}`, { do: "comment", text: "One more thing" });
    expect(status).toBe(429);
    expect(html).toMatch(/<textarea[^>]*>One more thing<\/textarea>/);
  });
});

describe("forms about people", () => {
  test("say what cannot be done in place, without ids", async () => {
    await t.ask("ada", "PUT /v1/blocks/bob");
    const { status, html } = await t.send("ada", "/u/bob", { do: "ask" });
    expect(status).toBe(409);
    expect(html).toContain("You block this person: unblock them first.");
    const gone = await t.send("ada", "/friends", { do: "ask", user: "nobody" });
    expect(gone.status).toBe(404);
    expect(gone.html).toContain("This person is not here any more.");
    const own = await t.send("ada", "/friends", { do: "ask", user: "ada" });
    expect([own.status, own.html.includes("Your friends")]).toEqual([422, true]);
    expect((await t.send("ada", "/u/bob", { do: "constructor" })).status).toBe(422);
  });

  test("become friends where the other has asked in between", async () => {
    await t.ask("bob", "PUT /v1/friends/ada");
    const { headers } = await t.send("ada", "/friends?q=bob", { do: "ask", user: "bob" });
    expect(headers.get("location")).toBe("/friends?q=bob&done=friends");
  });
});
