import { parseArgs } from "node:util";
import { OPERATOR_KEY } from "../deployment.ts";
import { Client } from "../mixed/client.ts";
import { kindsOf } from "../mixed/mix.ts";
import type { Kind } from "../mixed/mix.ts";
import { takeStock } from "../mixed/stock.ts";
import { referenceFolder } from "../paths.ts";
import { seeded } from "../random.ts";
import type { Random } from "../random.ts";
import { serveDeno } from "../world/serve.ts";
import { openWorld } from "../world/world.ts";
import type { Scale, World } from "../world/world.ts";
import { capacityOf } from "./capacity.ts";
import { costsOf } from "./costs.ts";
import type { Costs } from "./costs.ts";
import { goodputOf } from "./goodput.ts";
import { openLoop } from "./open-loop.ts";
import { reportOverload } from "./report.ts";
import type { Fairness, Level, OverloadResult } from "./report.ts";
import { quietKinds } from "./quiet.ts";
import { fromVisitors } from "./visitors.ts";

const { values: OPTIONS } = parseArgs({
  options: {
    seconds: { type: "string", default: "15" },
    scale: { type: "string", default: "small" },
    seed: { type: "string", default: "1" },
  },
});
const SECONDS = Number(OPTIONS.seconds);
const WHOLE_SECONDS = 15;
/** Of the capacity. */
const LEVELS = [0.5, 0.8, 1, 1.5, 2, 3];
const FLOOD = 3;
const QUIET_PART = 0.05;
/** A client that has waited so long gives up, and its connection ends. */
const PATIENCE_MS = 3_000;
const UPLOADS = "POST /v1/images";

/** What the deployment can do when it is asked for no more than that. */
interface Ability {
  /** Requests a second. */
  capacity: number;
  costs: Costs;
}

interface Site {
  client: Client;
  kinds: Kind[];
  quiet: Kind[];
  stop(): Promise<void>;
}

/** A new process; without uploads, whose pictures are made in the same thread at other times. */
async function open(world: World, random: Random, variables: Record<string, string>): Promise<Site> {
  const servers = await serveDeno(world, 1, { variables });
  const patient = new Client(servers.port);
  const stock = await takeStock(patient, world).catch(async (error: unknown) => {
    await servers.stop();
    throw error;
  });
  const run = `overload-${Date.now().toString(36)}`;
  const all = kindsOf({ world, stock, random, run }).filter(({ route }) => route !== UPLOADS);
  const kinds = fromVisitors(all, random);
  const quiet = await quietKinds(patient, OPERATOR_KEY, { random, run });
  patient.close();
  const client = new Client(servers.port, PATIENCE_MS);
  const stop = async (): Promise<void> => {
    client.close();
    await servers.stop();
  };
  return { client, kinds, quiet, stop };
}

async function levelOf(site: Site, part: number, able: Ability, random: Random): Promise<Level> {
  const plan = { seconds: SECONDS, perSecond: part * able.capacity, random };
  const level = {
    of: part,
    ...goodputOf(await openLoop(site.kinds, site.client, plan), SECONDS, able.costs),
  };
  console.error(`${part} × the capacity: ${level.perSecond.toFixed(0)} good answers/s`);
  return level;
}

/** One organisation asks for little, and beside it everybody of one other for three times the capacity. */
async function fairnessOf(site: Site, { capacity, costs }: Ability, random: Random): Promise<Fairness> {
  const plan = (part: number) => ({ seconds: SECONDS, perSecond: part * capacity, random });
  const noisy = site.kinds.filter(({ route }) => route.includes("/orgs/") || route.includes("/events"));
  const [quiet, flood] = await Promise.all([
    openLoop(site.quiet, site.client, plan(QUIET_PART)),
    openLoop(noisy, site.client, plan(FLOOD)),
  ]);
  return { quiet: goodputOf(quiet, SECONDS, costs), flood: goodputOf(flood, SECONDS, costs) };
}

async function main(): Promise<void> {
  const random = seeded(Number(OPTIONS.seed));
  const world = await openWorld(OPTIONS.scale as Scale, referenceFolder());
  const result: OverloadResult = {
    capacity: 0,
    costs: {},
    levels: [],
    unguarded: [],
    fairness: null,
    unfair: null,
  };
  const unguarded = await open(world, random, { ADMISSION: "off" });
  const able: Ability = { capacity: 0, costs: new Map() };
  try {
    able.capacity = await capacityOf(unguarded.kinds, unguarded.client, { seconds: SECONDS, random });
    able.costs = await costsOf(unguarded.kinds, unguarded.client, { seconds: SECONDS, random });
    result.capacity = able.capacity;
    result.costs = Object.fromEntries(able.costs);
    console.error(`${able.capacity.toFixed(0)} requests/s at most`);
    for (const part of [1, FLOOD]) result.unguarded.push(await levelOf(unguarded, part, able, random));
    result.unfair = await fairnessOf(unguarded, able, random);
  } finally {
    await unguarded.stop();
  }
  const site = await open(world, random, { ADMISSION: "on" });
  try {
    for (const part of LEVELS) result.levels.push(await levelOf(site, part, able, random));
    result.fairness = await fairnessOf(site, able, random);
  } finally {
    await site.stop();
  }
  const isWhole = SECONDS >= WHOLE_SECONDS;
  const holds = reportOverload(
    isWhole ? "overload" : "overload-partial",
    { world, seconds: SECONDS },
    result,
  );
  if (!holds) process.exitCode = 1;
}

await main();
