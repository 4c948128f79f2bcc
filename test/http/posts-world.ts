import type { InValue } from "@libsql/client";
import type { MemoryPlatformOptions } from "../../src/platform/memory/open.ts";
import type { HidingKind } from "../../src/domain/post.ts";
import type { CommentJson, PostJson } from "../../src/services/posts/wire-post.ts";
import { callAndSettle } from "../accounts/people.ts";
import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { openApp, type TestApp } from "./open-app.ts";
import { addSession, signedToken } from "./sessions.ts";

/** Ada is a friend of Bob's and of Cyd's, who are none to each other; Dan is nobody's friend. */
export const PEOPLE = ["ada", "bob", "cyd", "dan"] as const;
export type Person = (typeof PEOPLE)[number];

export interface Asked {
  status: number;
  /** Parsed JSON, `null` of no body. */
  body: unknown;
  headers: Headers;
  trips: number;
}

export interface PostsWorld extends TestApp {
  acme: Merchant;
  /** As a person, or with other headers; `body` is sent as JSON. */
  ask(
    who: Person | Record<string, string>,
    request: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Asked>;
  post(who: Person, input?: object): Promise<PostJson>;
  comment(who: Person, post: string, text?: string): Promise<CommentJson>;
  sql(statement: string, args?: InValue[]): Promise<Record<string, unknown>[]>;
  befriend(one: Person, other: Person): Promise<void>;
  hide(one: Person, other: Person, kind: HidingKind): Promise<void>;
  /** Gives a person, or an organisation, an image in this state. */
  addImage(id: string, owner: { user?: Person; org?: string }, state?: string): Promise<string>;
  /** Posts whose counts are not those of their rows. */
  miscounted(): Promise<Record<string, unknown>[]>;
}

export async function openPosts(options: MemoryPlatformOptions = {}): Promise<PostsWorld> {
  const t = await openApp(options);
  const acme = await newMerchant(t, "acme", ["images:write", "catalogue:write"]);
  const sql: PostsWorld["sql"] = async (statement, args = []) => {
    const { rows } = await t.platform.client.execute({ sql: statement, args });
    return rows.map((row) => ({ ...row }));
  };
  const tokens = new Map<string, string>();
  for (const id of PEOPLE) {
    await sql(
      "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)",
      [id, nameOf(id), `${id}@example.com`],
    );
    tokens.set(id, `Bearer ${signedToken(t.platform, await addSession(t.platform, id))}`);
  }
  const ask: PostsWorld["ask"] = async (who, request, body, more = {}) => {
    const [method, path] = request.split(" ");
    const headers = typeof who === "string" ? { authorization: tokens.get(who) ?? "" } : who;
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const { response, trips } = await callAndSettle(t, path, {
      method,
      headers: { ...type, ...headers, ...more },
      ...sent,
    });
    const text = await response.text();
    const { status, headers: given } = response;
    return { status, body: text === "" ? null : JSON.parse(text), headers: given, trips };
  };
  const made = async <T>(asked: Promise<Asked>): Promise<T> => {
    const { status, body } = await asked;
    if (status !== 201) throw new Error(`Not made: ${status} ${JSON.stringify(body)}`);
    t.platform.clock.advance(1);
    return body as T;
  };
  const befriend: PostsWorld["befriend"] = async (one, other) => {
    const insert = "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)";
    await sql(insert, [one, other]);
    await sql(insert, [other, one]);
  };
  await befriend("ada", "bob");
  await befriend("ada", "cyd");
  // Known from here on, so that a request pays no round trip for who asks.
  for (const id of PEOPLE) await ask(id, "GET /v1/posts/none");
  return {
    ...t,
    acme,
    ask,
    sql,
    befriend,
    post: (who, input = { text: "Hello" }) => made(ask(who, "POST /v1/posts", input)),
    comment: (who, post, text = "Nice") => made(ask(who, `POST /v1/posts/${post}/comments`, { text })),
    hide: async (one, other, kind) => {
      await sql("INSERT INTO hidings (user_id, other_id, kind, created_at) VALUES (?, ?, ?, 0)", [
        one,
        other,
        kind,
      ]);
    },
    addImage: async (id, { user, org }, state = "ready") => {
      await sql(
        `INSERT INTO image_contents (sha256, format, bytes, width, height, state, thumbhash, created_at, changed_at)
          VALUES (?, 'png', 1, 30, 20, ?, 'aGFzaA', 0, 0)`,
        [`content-of-${id}`, state],
      );
      await sql("INSERT INTO images (id, sha256, org_id, user_id, created_at) VALUES (?, ?, ?, ?, 0)", [
        id,
        `content-of-${id}`,
        org ?? null,
        user ?? null,
      ]);
      return id;
    },
    miscounted: () =>
      sql(`SELECT * FROM (SELECT id, like_count, comment_count,
          (SELECT count(*) FROM likes WHERE post_id = posts.id) AS likes,
          (SELECT count(*) FROM comments WHERE post_id = posts.id AND deleted_at IS NULL) AS comments FROM posts)
        WHERE like_count <> likes OR comment_count <> comments`),
  };
}

export function nameOf(person: Person): string {
  return `${person[0].toUpperCase()}${person.slice(1)} Lovelace`;
}
