import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemoryPlatform } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { History } from "./history.ts";
import { readTables, recount } from "./recount.ts";

const HISTORIES = Number(process.env.VITRINE_HISTORIES ?? 200);
const GROUP = 20;
const STEPS = 25;

let platform: MemoryPlatform;
beforeAll(async () => {
  platform = await createMemoryPlatform();
});
afterAll(() => platform.close());

const groups = Array.from({ length: Math.ceil(HISTORIES / GROUP) }, (_, i) => i * GROUP + 1);

test.each(groups)(
  "whatever happens, every table is a recount of what was taken (seeds from %i)",
  { timeout: 120_000 },
  async (first) => {
    for (let seed = first; seed < first + GROUP && seed <= HISTORIES; seed++) {
      const history = new History(platform, seed);
      await history.begin();
      await history.run(STEPS);
      const firstMinute = Math.floor(platform.clock.now() / 60_000) - 180;
      const kept = await readTables(platform.client, history.org, firstMinute);
      expect(kept, `seed ${seed}`).toEqual(recount(history.counted, firstMinute));
    }
  },
);

test("no batch is left over, and nothing failed for good", async () => {
  const { rows } = await platform.client.execute("SELECT count(*) AS n FROM event_batches");
  expect(rows[0].n).toBe(0);
  expect(platform.jobs.dead).toEqual([]);
});
