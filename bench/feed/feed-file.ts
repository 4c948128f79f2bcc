import { copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createClient } from "@libsql/client";
import Database from "libsql";
import { migrate } from "../../src/db/migrate.ts";
import { sortNameOf } from "../../src/domain/sort-name.ts";
import { benchState } from "../deployment.ts";
import { sessionTokenOf } from "./sign-in.ts";

export interface Person {
  id: string;
  name: string;
  createdAt: number;
}

export interface Post {
  id: string;
  author: string;
  text: string;
  likes: number;
  comments: number;
  createdAt: number;
}

const FAR_AWAY = Date.UTC(2100, 0, 1);
const PRAGMAS = ["journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -1500000"];

const STATEMENTS = {
  user: `INSERT INTO users (id, name, sort_name, email, email_verified, created_at, updated_at)
    VALUES (?, ?, ?, ?, 1, ?, ?)`,
  session: `INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
  friendship: "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', ?)",
  post: `INSERT INTO posts
    (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
    VALUES (?, ?, ?, '[]', '[]', ?, ?, ?, ?)`,
  like: "INSERT INTO likes (post_id, user_id, created_at) VALUES (?, ?, ?)",
  comment:
    "INSERT INTO comments (id, post_id, author_id, text, entities, created_at) VALUES (?, ?, ?, ?, '[]', ?)",
};

/**
 * Writes a community straight into the tables of an open database, all in one transaction; `commit` ends it. Nothing is
 * checked: each friendship is to be given in both directions, and counts as they are.
 */
export class FeedFile {
  readonly #database: Database.Database;
  readonly #insert: Record<keyof typeof STATEMENTS, Database.Statement>;

  constructor(file: string) {
    this.#database = new Database(file);
    for (const pragma of PRAGMAS) this.#database.exec(`PRAGMA ${pragma}`);
    const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, this.#database.prepare(sql)]);
    this.#insert = Object.fromEntries(prepared) as Record<keyof typeof STATEMENTS, Database.Statement>;
    this.#database.exec("BEGIN");
  }

  /** A person who is signed in: `bearerOf` gives what they come with. */
  person({ id, name, createdAt }: Person): void {
    this.#insert.user.run(id, name, sortNameOf(name), `${id}@people.example`, createdAt, createdAt);
    this.#insert.session.run(`ses_${id.slice(4)}`, sessionTokenOf(id), id, FAR_AWAY, createdAt, createdAt);
  }

  friendship(user: string, other: string, since: number): void {
    this.#insert.friendship.run(user, other, since);
  }

  post({ id, author, text, likes, comments, createdAt }: Post): void {
    this.#insert.post.run(id, author, text, likes, comments, 1 + likes + comments, createdAt);
  }

  like(post: string, user: string, createdAt: number): void {
    this.#insert.like.run(post, user, createdAt);
  }

  comment(id: string, post: string, author: string, text: string, createdAt: number): void {
    this.#insert.comment.run(id, post, author, text, createdAt);
  }

  commit(): void {
    this.#database.exec("COMMIT");
    this.#database.exec("PRAGMA journal_mode = WAL");
    this.#database.close();
  }
}

/** Where the measurements of the feed keep their files. */
export function feedState(name: string): string {
  const folder = join(benchState(), "feed");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** A database with what a running process may have left beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
}

/** Brings a file, new or old, to the schema of today; without ANALYZE, which no deployment runs. */
export async function migrateFile(file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const client = createClient({ url: `file:${file}` });
  await migrate(client).finally(() => client.close());
}

/** A new database that `write` fills; `file` is there when all of it is. */
export async function writeFeedFile(
  file: string,
  write: (feed: FeedFile) => void | Promise<void>,
): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  removeDatabase(unfinished);
  await migrateFile(unfinished);
  const feed = new FeedFile(unfinished);
  await write(feed);
  feed.commit();
  removeDatabase(file);
  renameSync(unfinished, file);
}

/** A copy that a measurement may write into, `feed/<name>` in the measurements' state. */
export function copyDatabase(file: string, name: string): string {
  const copy = feedState(name);
  removeDatabase(copy);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(file, copy);
  return copy;
}
