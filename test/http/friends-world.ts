import type { InValue } from "@libsql/client";
import type { MemoryPlatformOptions } from "../../src/platform/memory/open.ts";
import { sortNameOf } from "../../src/domain/sort-name.ts";
import { callAndSettle } from "../accounts/people.ts";
import { openApp, type TestApp } from "./open-app.ts";
import { addSession, signedToken } from "./sessions.ts";

export interface Answer {
  status: number;
  /** Parsed JSON, `null` of no body. */
  body: unknown;
  headers: Headers;
  trips: number;
}

export interface ListBody {
  items: { id: string; name: string; avatar_url: string | null; since?: string }[];
  next_cursor: string | null;
}

export interface FriendsWorld extends TestApp {
  /** As a person; `request` is `PUT /v1/friends/bob`. The clock goes on by 1 ms after it. */
  ask(who: string, request: string): Promise<Answer>;
  /** The body of an answer that must be a 200. */
  read<T = ListBody>(who: string, request: string): Promise<T>;
  /** Who is in all pages of a list. */
  idsOf(who: string, path: string): Promise<string[]>;
  add(id: string, name: string, confirmed?: boolean): Promise<void>;
  befriend(one: string, other: string): Promise<void>;
  sql(statement: string, args?: InValue[]): Promise<Record<string, unknown>[]>;
  /** Rows of friendships as `user>other state`. */
  rows(): Promise<string[]>;
}

/** Ada, Bob, Cyd and Dan, whose sessions are known, so that a request pays no round trip for who asks. */
export async function openFriends(options: MemoryPlatformOptions = {}): Promise<FriendsWorld> {
  const t = await openApp(options);
  const sql: FriendsWorld["sql"] = async (statement, args = []) => {
    const { rows } = await t.platform.client.execute({ sql: statement, args });
    return rows.map((row) => ({ ...row }));
  };
  const tokens = new Map<string, string>();
  const ask: FriendsWorld["ask"] = async (who, request) => {
    const [method, path] = request.split(" ");
    const headers = { authorization: tokens.get(who) ?? "" };
    const { response, trips } = await callAndSettle(t, path, { method, headers });
    t.platform.clock.advance(1);
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? null : JSON.parse(text),
      headers: response.headers,
      trips,
    };
  };
  const add: FriendsWorld["add"] = async (id, name, confirmed = true) => {
    await sql(
      `INSERT INTO users (id, name, sort_name, email, email_verified, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, 0, 0)`,
      [id, name, sortNameOf(name), `${id}@secret.example`, confirmed ? 1 : 0],
    );
    tokens.set(id, `Bearer ${signedToken(t.platform, await addSession(t.platform, id))}`);
    await ask(id, "GET /v1/me");
  };
  for (const name of ["Ada", "Bob", "Cyd", "Dan"]) await add(name.toLowerCase(), `${name} Lovelace`);
  const read = async <T = ListBody>(who: string, request: string): Promise<T> => {
    const { status, body } = await ask(who, `GET ${request}`);
    if (status !== 200) throw new Error(`${request} answers ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };
  return {
    ...t,
    ask,
    add,
    sql,
    read,
    idsOf: async (who, path) => {
      const ids: string[] = [];
      let cursor = "";
      do {
        const page: ListBody = await read(who, `${path}${path.includes("?") ? "&" : "?"}limit=2${cursor}`);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.next_cursor === null ? "" : `&cursor=${page.next_cursor}`;
      } while (cursor !== "");
      return ids;
    },
    befriend: async (one, other) => {
      await ask(one, `PUT /v1/friends/${other}`);
      const { status, body } = await ask(other, `PUT /v1/friends/${one}`);
      if (status !== 200) throw new Error(`No friends: ${status} ${JSON.stringify(body)}`);
    },
    rows: async () => {
      const rows = await sql("SELECT user_id, other_id, state FROM friendships ORDER BY user_id, other_id");
      return rows.map((row) => `${String(row.user_id)}>${String(row.other_id)} ${String(row.state)}`);
    },
  };
}
