import { existsSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { byIndex } from "../../src/db/queries/feed-skeleton.ts";
import { byTimeline } from "../../src/db/queries/feed-skeleton-timeline.ts";
import { dataFolder } from "../paths.ts";
import { copyDatabase, feedState, migrateFile, removeDatabase } from "./feed-file.ts";
import { viewerKinds, writeGrowthFile } from "./growth-data.ts";
import { kindName, measureKinds, PAGES } from "./growth-reading.ts";
import { reportGrowth } from "./growth-report.ts";
import type { Built, Growth, SizeResult, WritesResult } from "./growth-results.ts";
import { measureSocial } from "./growth-social.ts";
import type { GroupReading } from "./growth-social.ts";
import { FeedWriter, measureBare, measureCrowded } from "./growth-writing.ts";
import { FeedReader, timed } from "./reader.ts";
import { socialDataset } from "./social.ts";

const ALL_SIZES = "200000,2000000,20000000";
const ALL_PARTS = "sizes,writes,social";

const { values: OPTIONS } = parseArgs({
  options: {
    /** Posts. The largest takes ten minutes to write, and 9 GB. */
    sizes: { type: "string", default: ALL_SIZES },
    only: { type: "string", default: ALL_PARTS },
    runs: { type: "string", default: "240" },
    /** Leaves the files of the sizes for the next run. */
    keep: { type: "boolean", default: false },
  },
});
const RUNS = Number(OPTIONS.runs);
const PARTS = new Set(OPTIONS.only.split(","));
/** Friends of one viewer who end their friendship, and begin it again. */
const REFRIENDED = 20;

async function prepare(file: string, posts: number): Promise<number | null> {
  if (existsSync(file)) {
    await migrateFile(file);
    return null;
  }
  return (await timed(() => writeGrowthFile(file, posts))) / 1_000;
}

async function buildTimelines(reader: FeedReader): Promise<Built[]> {
  await reader.client.execute("DELETE FROM timelines");
  const writer = await FeedWriter.open(reader);
  const builds: Built[] = [];
  for (const kind of viewerKinds())
    builds.push({ friends: kindName(kind), ...(await writer.measureBuilds(kind.viewers)) });
  writer.close();
  return builds;
}

async function measureSize(posts: number): Promise<SizeResult> {
  const file = feedState(`growth-${posts}.db`);
  const buildSeconds = await prepare(file, posts);
  const gigabytes = statSync(file).size / 1e9;
  const reader = new FeedReader(file);
  try {
    const indexed = await measureKinds(reader, byIndex, RUNS);
    const builds = await buildTimelines(reader);
    const gathered = await measureKinds(reader, byTimeline, RUNS);
    const [{ viewers }] = viewerKinds();
    const preparing = [
      await reader.preparing(viewers[0], byIndex),
      await reader.preparing(viewers[0], byTimeline),
    ];
    const pages = { byIndex: indexed, byTimeline: gathered };
    const result = { posts, gigabytes, buildSeconds, ...pages, builds, preparing };
    console.error(JSON.stringify(result));
    return result;
  } finally {
    reader.close();
    if (!OPTIONS.keep) removeDatabase(file);
  }
}

async function measureWrites(posts: number): Promise<WritesResult> {
  const file = feedState(`growth-${posts}.db`);
  await prepare(file, posts);
  const copy = copyDatabase(file, "growth-writes.db");
  const reader = new FeedReader(copy);
  await reader.client.execute("DELETE FROM timelines");
  const writer = await FeedWriter.open(reader);
  try {
    const bare = await measureBare(writer);
    const crowd = await writer.crowd();
    const [, hundred] = viewerKinds();
    const [viewer] = hundred.viewers;
    const friendships = await writer.measureFriendships(viewer, await writer.friendsOf(viewer, REFRIENDED));
    return { bare, crowd, friendships, crowded: await measureCrowded(writer) };
  } finally {
    writer.close();
    reader.close();
    removeDatabase(copy);
    // Where sizes are measured too, theirs is the last use.
    if (!OPTIONS.keep && !PARTS.has("sizes")) removeDatabase(file);
  }
}

async function measureGraph(): Promise<GroupReading[]> {
  const folder = dataFolder();
  if (folder === null) throw new Error("Cannot measure: no data; set VITRINE_DATA to its folder");
  const { file } = await socialDataset(folder);
  const copy = copyDatabase(file, "growth-social.db");
  try {
    return await measureSocial(copy, PAGES, RUNS);
  } finally {
    removeDatabase(copy);
  }
}

const POSTS = OPTIONS.sizes.split(",").map(Number);
const growth: Growth = {
  writes: PARTS.has("writes") ? await measureWrites(POSTS[0]) : null,
  social: PARTS.has("social") ? await measureGraph() : [],
  sizes: [],
};
if (PARTS.has("sizes")) for (const posts of POSTS) growth.sizes.push(await measureSize(posts));
const isWhole = OPTIONS.sizes === ALL_SIZES && OPTIONS.only === ALL_PARTS && OPTIONS.runs === "240";
reportGrowth(growth, isWhole ? "feed-growth" : "feed-growth-partial");
