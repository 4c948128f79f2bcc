import { newReceipt } from "../../../src/ports/receipt.ts";
import type { Ctx } from "../../../src/deps.ts";
import { BEFORE_ALL } from "../../../src/db/queries/feed-skeleton.ts";
import { MemoryClock } from "../../../src/platform/memory/clock.ts";
import { MemoryJobs } from "../../../src/platform/memory/jobs.ts";
import { MemoryLifetime } from "../../../src/platform/memory/lifetime.ts";
import { MemoryLog } from "../../../src/platform/memory/log.ts";
import { TEST_CONFIG } from "../../../src/platform/memory/open.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";

export type WorldCtx = Ctx<"db" | "clock" | "config" | "receipt" | "jobs" | "lifetime" | "log">;

/** A few people whom no other world of the same database knows. */
export interface SmallWorld {
  people: readonly string[];
  as(person: string): WorldCtx;
  /** What `person` sees below `after`, the newest first: by the rules in words, over all rows. */
  seenBy(person: string, after?: string): Promise<string[]>;
}

export interface Worlds extends TestDatabase {
  clock: MemoryClock;
  found(name: string, size: number): Promise<SmallWorld>;
}

export async function openWorlds(): Promise<Worlds> {
  const opened = await openTestDatabase();
  const { client, db } = opened;
  await client.execute("PRAGMA synchronous = OFF");
  const clock = new MemoryClock(1_700_000_000_000);
  const jobs = new MemoryJobs(clock);
  const ports = { clock, jobs, lifetime: new MemoryLifetime(), log: new MemoryLog(), config: TEST_CONFIG };
  const rows = async (statement: string, args: string[] = []) =>
    (await client.execute({ sql: statement, args })).rows;

  async function found(name: string, size: number): Promise<SmallWorld> {
    const people = Array.from({ length: size }, (_, i) => `${name}-${i}`);
    const insert = `INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)`;
    await client.batch(people.map((id) => ({ sql: insert, args: [id, id, `${id}@x.example`] })));
    const as: SmallWorld["as"] = (userId) => ({
      db,
      ...ports,
      receipt: newReceipt(),
      actor: { kind: "user", userId, name: userId, email: "", sessionId: null, memberships: [] },
    });
    const seenBy: SmallWorld["seenBy"] = async (person, after = BEFORE_ALL) => {
      const posts = await rows("SELECT * FROM posts WHERE author_id IN (SELECT value FROM json_each(?))", [
        JSON.stringify(people),
      ]);
      const friends = await rows("SELECT other_id FROM friendships WHERE user_id = ? AND state = 'friends'", [
        person,
      ]);
      const hidden = await rows("SELECT user_id, other_id FROM hidings");
      const authors = new Set([person, ...friends.map((row) => row.other_id)]);
      for (const { user_id: one, other_id: other } of hidden) {
        if (one === person) authors.delete(other);
        if (other === person) authors.delete(one);
      }
      const seen = posts.filter((row) => row.deleted_at === null && authors.has(row.author_id));
      const ids = seen.map((row) => String(row.id)).filter((id) => id < after);
      return ids.toSorted().toReversed();
    };
    return { people, as, seenBy };
  }
  return { ...opened, clock, found };
}
