import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import type { SharedTier } from "../../src/cache/tiered.ts";
import { FEED_CACHE } from "../../src/services/feed/feed-cache.ts";
import type { FeedCache } from "../../src/services/feed/feed-cache.ts";
import { getFeedText } from "../../src/services/feed/feed-text.ts";
import { simulate, wrongOf } from "./feed-isolation-run.ts";
import type { Distance } from "./feed-isolation-world.ts";

/** Of each policy; `npm run bench feed-consistency` has many more. */
const READS = Number(process.env.VITRINE_FEED_READS ?? 500);
const SEED = Number(process.env.VITRINE_FEED_SEED ?? 1);
/** Within which a fault must be found. */
const FAULT_READS = 5_000;
const MINUTES = 30 * 60_000;

const DEVICES = ["program", "browser"] as const;
const POLICIES: [string, SharedTier[], Distance][] = [
  ["memory", [], "far"],
  ["memory and edge", ["edge"], "far"],
  ["memory and KV", ["kv"], "far"],
  ["memory, edge and KV", ["edge", "kv"], "far"],
  ["memory, beside a file", [], "near"],
  ["memory and edge, beside a file", ["edge"], "near"],
];

function cacheOf(shared: readonly SharedTier[], fault: Partial<FeedCache> = {}): FeedCache {
  return { ...FEED_CACHE, policy: { ...FEED_CACHE.policy, shared }, ...fault };
}

describe("nobody gets another's page, and nobody one from before what they have written", () => {
  test.for(POLICIES)("kept in %s", { timeout: MINUTES }, async ([, shared, distance], { task }) => {
    const run = { seed: SEED, reads: READS, kinds: DEVICES, distance };
    const tally = await simulate({ ...run, cache: cacheOf(shared) });
    Object.assign(task.meta, { tally });
    expect(wrongOf(tally), JSON.stringify(tally)).toBe(0);
    expect(tally.hits / tally.reads).toBeGreaterThan(0.05);
    expect(tally.writes).toBeGreaterThan(tally.reads / 20);
  });
});

const everyTier: SharedTier[] = ["edge", "kv"];

const FAULTS: [string, "foreign" | "old" | "late", FeedCache][] = [
  [
    "a key without the viewer",
    "foreign",
    cacheOf(everyTier, {
      keyOf: (_, limit) => `feed:${limit}`,
      mayAnswer: ({ seq }, _, known) => seq >= known,
    }),
  ],
  [
    "pages that are taken whatever their viewer has written",
    "old",
    cacheOf(everyTier, { mayAnswer: (page, viewer) => page.viewer === viewer }),
  ],
  [
    "writes that are counted after the page was read",
    "old",
    cacheOf([], {
      read: async (ctx, limit) => {
        const page = await getFeedText(ctx, { cursor: null, limit });
        if (ctx.actor.kind !== "user") return page;
        const count = sql`SELECT seq FROM own_writes WHERE user_id = ${ctx.actor.userId}`;
        const [{ seq }] = await ctx.db.orm.all<{ seq: number }>(count);
        ctx.receipt.ownSeq = seq;
        return page;
      },
    }),
  ],
  [
    "tokens that are taken whoever they are of",
    "old",
    cacheOf([], {
      knownSeq: (tokens) => {
        const known = tokens.map((token) => Number.parseInt(token, 10)).filter((seq) => seq >= 0);
        return known.length === 0 ? null : Math.max(...known);
      },
    }),
  ],
  [
    "pages that are taken as long as a tier has them",
    "late",
    cacheOf(["kv"], { policy: { name: "feed", freshSeconds: 1_000, staleSeconds: 0, shared: ["kv"] } }),
  ],
];

const FAULT_RUN = { seed: SEED, reads: FAULT_READS, distance: "far", stopsAtFirst: true } as const;

describe("it would be found:", () => {
  test.for(FAULTS)("%s", { timeout: MINUTES }, async ([, verdict, cache], { task }) => {
    const tally = await simulate({ ...FAULT_RUN, kinds: DEVICES, cache });
    Object.assign(task.meta, { tally });
    expect(tally[verdict], JSON.stringify(tally)).toBeGreaterThan(0);
  });

  test(
    "a client that keeps the last token alone, of answers that overtake each other",
    { timeout: MINUTES },
    async ({ task }) => {
      const tally = await simulate({ ...FAULT_RUN, kinds: ["careless"], cache: cacheOf([]) });
      Object.assign(task.meta, { tally });
      expect(tally.old + tally.unshown, JSON.stringify(tally)).toBeGreaterThan(0);
    },
  );
});
