import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, operatorHeaders, type TestApp } from "../../http/open-app.ts";

interface Answer {
  accepted: number;
  duplicates: number;
  rejected_count: number;
  rejected: { line: number; code: string; detail: string }[];
  last_line: number;
}

let t: TestApp;
beforeAll(async () => {
  t = await openApp();
});
afterAll(() => t.platform.close());

const AT = "2025-03-04T05:06:07Z";
const POST_AT = Date.parse(AT);

async function send(...lines: readonly (object | string)[]): Promise<Answer> {
  const body = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const headers = { ...operatorHeaders(t.platform), "content-type": "application/x-ndjson" };
  const response = await t.call("/v1/admin/community", { method: "POST", headers, body });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

/** The codes of the rejected lines, `""` for those that are taken. */
async function codesOf(...lines: readonly (object | string)[]): Promise<string[]> {
  const { rejected } = await send(...lines);
  return lines.map((_, i) => rejected.find(({ line }) => line === i + 1)?.code ?? "");
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await t.platform.client.execute(sql)).rows.map((row) => ({ ...row }));
}

const person = (id: string, more: object = {}) => ({
  kind: "person",
  id,
  name: `Name of ${id}`,
  at: AT,
  ...more,
});
const friends = (from: string, to: string, more: object = {}) => ({
  kind: "friendship",
  from,
  to,
  at: AT,
  ...more,
});
const post = (id: string, author: string, more: object = {}) => ({
  kind: "post",
  id,
  author,
  text: "Hi",
  at: AT,
  ...more,
});
const like = (id: string, by: string) => ({ kind: "like", post: id, post_at: AT, person: by, at: AT });
const comment = (id: string, of: string, author: string, more: object = {}) => ({
  kind: "comment",
  id,
  post: of,
  post_at: AT,
  author,
  text: "Nice",
  at: AT,
  ...more,
});

const COMMUNITY = [
  person("a", { email: "A@old.example", avatar_url: "https://old.example/a.png" }),
  person("b"),
  person("c"),
  friends("a", "b"),
  friends("c", "a", { state: "asked" }),
  post("p", "a", {
    text: "Hello @Name of b, see https://shop.example/x.",
    mentions: [{ from: 6, to: 16, user_id: "b" }],
  }),
  like("p", "a"),
  like("p", "b"),
  comment("k", "p", "b"),
  { kind: "hiding", from: "c", to: "b", type: "mute", at: AT },
];

test("people, friendships, posts and reactions are there as if they had come by the API", async () => {
  expect(await send(...COMMUNITY)).toMatchObject({
    accepted: 10,
    duplicates: 0,
    rejected: [],
    last_line: 10,
  });
  const [a] = await rows("SELECT * FROM users WHERE name = 'Name of a'");
  expect(a).toMatchObject({
    email: "a@old.example",
    image: "https://old.example/a.png",
    sort_name: "name of a",
  });
  expect(a.created_at).toBe(POST_AT);
  const states = await rows("SELECT state FROM friendships ORDER BY state");
  expect(states.map(({ state }) => state)).toEqual(["asked", "asking", "friends", "friends"]);
  const [p] = await rows("SELECT * FROM posts");
  expect(p).toMatchObject({ like_count: 2, comment_count: 1, created_at: POST_AT, author_id: a.id });
  expect(String(p.id)).toMatch(new RegExp(`^post_${POST_AT.toString(16).padStart(12, "0")}`));
  const [b] = await rows("SELECT id FROM users WHERE name = 'Name of b'");
  expect(JSON.parse(String(p.entities))).toEqual([
    { kind: "mention", from: 6, to: 16, user_id: b.id },
    { kind: "link", from: 22, to: 44, url: "https://shop.example/x" },
  ]);
});

test("sent again, nothing is written", async () => {
  const tables = ["users", "friendships", "posts", "likes", "comments", "hidings"];
  const all = async () => Promise.all(tables.map((table) => rows(`SELECT * FROM ${table} ORDER BY 1, 2`)));
  const before = await all();
  t.platform.clock.advance(60_000);
  expect(await send(...COMMUNITY)).toMatchObject({ accepted: 0, duplicates: 10, rejected_count: 0 });
  expect(await all()).toEqual(before);
});

test("lines that say the same twice write once", async () => {
  const lines = [
    person("d"),
    person("d"),
    friends("d", "a"),
    friends("a", "d"),
    post("q", "d"),
    post("q", "d"),
  ];
  expect(await send(...lines, like("q", "a"), like("q", "a"))).toMatchObject({ accepted: 4, duplicates: 4 });
  expect(await rows("SELECT like_count FROM posts WHERE text = 'Hi'")).toEqual([{ like_count: 1 }]);
});

test("bad lines are rejected each by itself, with the reason", async () => {
  const cases: [object | string, string][] = [
    ["{", "invalid_json"],
    ["[1]", "not_an_object"],
    [{ kind: "crowd" }, "unknown_kind"],
    [person("x", { role: "admin" }), "unknown_field"],
    [person(" x"), "invalid_id"],
    [person("x", { name: "\u202E" }), "invalid_name"],
    [person("x", { email: "nobody" }), "invalid_email"],
    [person("x", { avatar_url: "javascript:alert(1)" }), "invalid_avatar"],
    [person("x", { email: "a@old.example" }), "email_taken"],
    [person("x", { at: "2999-01-01T00:00:00Z" }), "in_future"],
    [person("x", { at: "yesterday" }), "invalid_time"],
    [friends("a", "a"), "with_self"],
    [friends("a", "nobody"), "no_person"],
    [friends("a", "b", { state: "asking" }), "invalid_value"],
    [post("z", "nobody"), "no_person"],
    [post("z", "a", { text: "\u200B" }), "invalid_text"],
    [post("z", "a", { text: "x".repeat(5_001) }), "invalid_text"],
    [post("z", "a", { text: "a\u0007" }), "invalid_text"],
    [post("z", "a", { text: "\u202Eevil" }), "invalid_text"],
    [post("z", "a", { text: "Hi", mentions: [{ from: 0, to: 2, user_id: "b" }] }), "invalid_mentions"],
    [post("z", "a", { text: "@Name of c", mentions: [{ from: 0, to: 10, user_id: "b" }] }), "no_mention"],
    [post("z", "c", { text: "@Name of b", mentions: [{ from: 0, to: 10, user_id: "b" }] }), "no_mention"],
    [post("z", "a", { product_id: "none" }), "no_product"],
    [post("z", "a", { image_ids: ["img_none"] }), "no_image"],
    [post("z", "a", { image_ids: ["i", "i"] }), "invalid_images"],
    [post(`post_${"0".repeat(32)}`, "a"), "invalid_id"],
    [post("p", "b"), "id_taken"],
    [like("none", "a"), "no_post"],
    [like("p", "nobody"), "no_person"],
    [like("p", "c"), "not_seen"],
    [{ ...like("p", "a"), post_at: undefined }, "invalid_id"],
    [comment("y", "p", "c"), "not_seen"],
    [comment("y", "p", "b", { text: " " }), "invalid_text"],
    [comment("k", "p", "a"), "id_taken"],
    [{ kind: "hiding", from: "a", to: "b", type: "hide", at: AT }, "invalid_value"],
  ];
  const good = person("good");
  const codes = await codesOf(...cases.map(([line]) => line), good);
  expect(codes).toEqual([...cases.map(([, code]) => code), ""]);
});

test("a block ends a friendship, and no line brings it back", async () => {
  await send(person("e"), person("f"), friends("e", "f"), post("of-e", "e"));
  const block = { kind: "hiding", from: "e", to: "f", type: "block", at: AT };
  expect(await codesOf(block)).toEqual([""]);
  expect(await codesOf(friends("f", "e"), like("of-e", "f"))).toEqual(["blocked", "not_seen"]);
});

test("who asked first and is asked back becomes a friend", async () => {
  const asked = { state: "asked" };
  await send(person("g"), person("h"), friends("g", "h", asked), friends("h", "g", asked));
  const of =
    "SELECT state FROM friendships WHERE user_id IN (SELECT id FROM users WHERE name IN ('Name of g', 'Name of h'))";
  expect((await rows(of)).map(({ state }) => state)).toEqual(["friends", "friends"]);
});

test("limits hold within one batch too", async () => {
  const asked = Array.from({ length: 520 }, (_, i) => `many-${i}`);
  await send(person("keen"), ...asked.map((id) => person(id)));
  const { accepted, rejected } = await send(...asked.map((id) => friends("keen", id, { state: "asked" })));
  expect(accepted).toBe(500);
  expect(rejected.map(({ code, line }) => [code, line])).toEqual(
    Array.from({ length: 20 }, (_, i) => ["too_many", 501 + i]),
  );
});

test("counts equal a recount after many lines in any order", async () => {
  const people = Array.from({ length: 12 }, (_, i) => `n-${i}`);
  const pairs = people.flatMap((one, i) => people.slice(i + 1).map((other) => friends(one, other)));
  const posts = people.map((one) => post(`by-${one}`, one));
  const reactions = people.flatMap((one, i) =>
    people.flatMap((other, j) =>
      (i * 7 + j * 5) % 3 === 0 ? [like(`by-${one}`, other), comment(`${i}-${j}`, `by-${one}`, other)] : [],
    ),
  );
  await send(...people.map((id) => person(id)), ...pairs, ...posts, ...reactions);
  await send(...reactions.toReversed());
  const wrong = await rows(`SELECT * FROM (SELECT like_count, comment_count,
      (SELECT count(*) FROM likes WHERE post_id = posts.id) AS likes,
      (SELECT count(*) FROM comments WHERE post_id = posts.id AND deleted_at IS NULL) AS comments FROM posts)
    WHERE like_count <> likes OR comment_count <> comments`);
  expect(wrong).toEqual([]);
  expect((await rows("SELECT sum(like_count) AS n FROM posts"))[0].n).toBeGreaterThan(40);
});

test("timelines of those concerned are dropped, and no others", async () => {
  await send(...["r", "s", "t", "v"].map((id) => person(id)), friends("r", "s"));
  const made =
    "INSERT INTO timelines SELECT id, '', 0, 0 FROM users WHERE name IN ('Name of r', 'Name of t', 'Name of v')";
  await t.platform.client.execute("DELETE FROM timelines");
  await t.platform.client.execute(made);
  const left = async () =>
    (await rows("SELECT name FROM timelines JOIN users ON id = reader_id ORDER BY name")).map(
      ({ name }) => name,
    );
  await send(post("of-s", "s"));
  expect(await left()).toEqual(["Name of t", "Name of v"]);
  await t.platform.client.execute("DELETE FROM timelines");
  await t.platform.client.execute(made);
  expect(await send(post("of-s", "s"), friends("r", "s"))).toMatchObject({ duplicates: 2 });
  expect(await left()).toHaveLength(3);
  await send(friends("t", "s"));
  expect(await left()).toEqual(["Name of r", "Name of v"]);
});

test("only the operator may, and a batch is one round trip", async () => {
  const body = JSON.stringify(person("w"));
  const anonymous = await t.call("/v1/admin/community", {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body,
  });
  expect(anonymous.status).toBe(401);
  const headers = { ...operatorHeaders(t.platform), "content-type": "application/x-ndjson" };
  const lines = Array.from({ length: 300 }, (_, i) => JSON.stringify(person(`trip-${i}`))).join("\n");
  const answer = await t.call("/v1/admin/community", { method: "POST", headers, body: lines });
  expect(answer.headers.get("server-timing")).toMatch(/^db;[^,]*desc="1 trip"/);
});

test("an imported person signs in after asking for a new password, not before", async () => {
  await send(person("sign", { email: "sign@old.example" }));
  const call = (path: string, body: object) =>
    t.call(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const signIn = () =>
    call("/api/auth/sign-in/email", { email: "sign@old.example", password: "correct horse 1" });
  expect((await signIn()).status).toBe(401);
  await call("/api/auth/request-password-reset", { email: "sign@old.example" });
  const token = /token=([\w-]+)/.exec(t.platform.mailer.sent.at(-1)?.text ?? "")?.[1];
  expect((await call("/api/auth/reset-password", { token, newPassword: "correct horse 1" })).status).toBe(
    200,
  );
  expect((await signIn()).status).toBe(200);
});
