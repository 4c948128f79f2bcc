import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mulberry32 } from "../../../src/domain/random.ts";
import { openTestDatabase, type TestDatabase } from "../../db/open-test-database.ts";
import { ALL_ROWS, PairModel, PEOPLE, perform, randomAct, VIOLATIONS } from "./pair-model.ts";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
  for (const id of PEOPLE)
    await opened.client.execute({
      sql: "INSERT INTO users (id, name, email, created_at, updated_at) VALUES (?, ?, ?, 0, 0)",
      args: [id, id, id],
    });
});
afterEach(() => opened.close());

async function column(sql: string): Promise<string[]> {
  const { rows } = await opened.client.execute(sql);
  return rows.map((row) => String(row[0]));
}

test.each([1, 2])(
  "whatever five people do, answers and rows are those of one state a pair (%i)",
  async (seed) => {
    const random = mulberry32(seed);
    const model = new PairModel();
    const seen = new Set<string>();
    for (let i = 0; i < 600; i++) {
      const act = randomAct(random);
      const outcome = await perform(opened.db, act);
      seen.add(outcome);
      expect({ i, act, outcome }).toEqual({ i, act, outcome: model.act(act) });
      expect({ i, act, rows: (await column(ALL_ROWS)).toSorted() }).toEqual({ i, act, rows: model.rows() });
      expect(await column(VIOLATIONS)).toEqual([]);
    }
    const refusals = [
      "nobody",
      "blocking",
      "too_many",
      "too_many_asked",
      "too_many_friends",
      "other_has_too_many",
    ];
    expect([...seen]).toEqual(expect.arrayContaining(["asked", "friends", "hidden", "done", ...refusals]));
  },
);

function start(seed: number, acts: number): Promise<unknown> {
  const script = fileURLToPath(new URL("./pair-process.ts", import.meta.url));
  return promisify(execFile)(process.execPath, [script, opened.url, String(seed), String(acts)]);
}

test(
  "three processes at once leave each pair in one state, at every moment",
  { timeout: 60_000 },
  async () => {
    await opened.client.execute("PRAGMA journal_mode = WAL");
    const running = { count: 3 };
    const all = Promise.all([11, 12, 13].map((seed) => start(seed, 300).finally(() => running.count--)));
    const seen = new Set<string>();
    while (running.count > 0) {
      expect(await column(VIOLATIONS)).toEqual([]);
      seen.add((await column(ALL_ROWS)).join());
      // Lets the ends of the processes in.
      await new Promise((resolve) => void setImmediate(resolve));
    }
    await all;
    expect(await column(VIOLATIONS)).toEqual([]);
    expect(seen.size).toBeGreaterThan(10);
  },
);
