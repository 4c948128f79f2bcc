import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freePort } from "../../scripts/dev/ports.ts";
import { benchState, startDatabase } from "../deployment.ts";
import { Client } from "../mixed/client.ts";
import { kindsOf } from "../mixed/mix.ts";
import type { Kind } from "../mixed/mix.ts";
import { keyHeaders, personHeaders, takeStock } from "../mixed/stock.ts";
import type { Stock } from "../mixed/stock.ts";
import { openLoop } from "../overload/open-loop.ts";
import { referenceFolder } from "../paths.ts";
import { seeded } from "../random.ts";
import type { Random } from "../random.ts";
import { copyOfDatabase, serveDeno } from "../world/serve.ts";
import { openWorld } from "../world/world.ts";
import type { Scale, World } from "../world/world.ts";
import { Ledger } from "./ledger.ts";
import { stepFigures } from "./measured.ts";
import type { StepFigures } from "./measured.ts";
import { Proxy } from "./proxy.ts";
import type { Link } from "./proxy.ts";
import { reportLadder } from "./report.ts";
import { STEPS } from "./steps.ts";
import type { Step, Store } from "./steps.ts";

const { values: OPTIONS } = parseArgs({
  options: {
    seconds: { type: "string", default: "15" },
    recovery: { type: "string", default: "8" },
    rate: { type: "string", default: "60" },
    scale: { type: "string", default: "small" },
    seed: { type: "string", default: "1" },
  },
});
const WHOLE_SECONDS = 15;
const PLAN = {
  seconds: Number(OPTIONS.seconds),
  recoverySeconds: Number(OPTIONS.recovery),
  perSecond: Number(OPTIONS.rate),
};
const HOST = "127.0.0.1";
const ENTRY = fileURLToPath(new URL("deno-server.ts", import.meta.url));
const WARM_SECONDS = 10;
/** Longer than a write is waited for. */
const PATIENCE_MS = 15_000;
const UPLOADS = "POST /v1/images";

interface Site {
  client: Client;
  kinds: Kind[];
  ledger: Ledger;
  random: Random;
  fail(step: Step): Promise<void>;
  mend(step: Step): Promise<void>;
}

/** Each person's feed, each product and page of the dashboard once: what is known last is what was seen. */
async function look(client: Client, world: World, stock: Stock): Promise<void> {
  const products = stock.products.map((id) => ({
    path: `/v1/products/${encodeURIComponent(id)}`,
    headers: {},
  }));
  const feeds = world.people.map((person) => ({ path: "/v1/feed", headers: personHeaders(person) }));
  const dashboard = [...stock.pages, stock.overview].map((path) => ({ path, headers: keyHeaders(world) }));
  for (const one of [...products, ...feeds, ...dashboard]) await client.json({ method: "GET", ...one });
}

/** In the order in which it has to end. */
type Ends = (() => unknown)[];

async function open(world: World, ends: Ends): Promise<Site> {
  const folder = join(benchState(), "run/ladder");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const database = await startDatabase(copyOfDatabase(world, folder));
  ends.unshift(() => database.process.kill("SIGTERM"));
  const proxy = await Proxy.before(Number(new URL(database.url).port));
  ends.unshift(() => proxy.close());
  const controlPort = await freePort(HOST);
  const variables = { TURSO_DATABASE_URL: proxy.url, CONTROL_PORT: String(controlPort), ADMISSION: "on" };
  const servers = await serveDeno(world, 1, { variables, entry: ENTRY });
  ends.unshift(() => servers.stop());
  const client = new Client(servers.port, PATIENCE_MS);
  ends.unshift(() => client.close());
  const random = seeded(Number(OPTIONS.seed));
  const run = `ladder-${Date.now().toString(36)}`;
  const stock = await takeStock(client, world);
  await look(client, world, stock);
  const ledger = new Ledger(run, database.url);
  await ledger.open();
  const kinds = kindsOf({ world, stock, random, run })
    .filter(({ route }) => route !== UPLOADS)
    .map((kind) => ledger.watch(kind));
  const change = async (link: Link, stores: readonly Store[], kind: string): Promise<void> => {
    proxy.set(link);
    const tell = (store: Store) =>
      fetch(`http://${HOST}:${controlPort}/${store}/${kind}`, { method: "POST" });
    await Promise.all(stores.map(tell));
  };
  return {
    client,
    kinds,
    ledger,
    random,
    fail: ({ database: link = "as it is", stores = [] }) => change(link, stores, "away"),
    mend: ({ stores = [] }) => change("as it is", stores, "none"),
  };
}

/** One loop for a fault and what comes after it, so that nothing waits for the change. */
async function play(site: Site, step: Step): Promise<StepFigures> {
  const { kinds, client, random } = site;
  const seconds = PLAN.seconds + PLAN.recoverySeconds;
  await site.fail(step);
  const begun = performance.now();
  const fault = { endMs: Number.POSITIVE_INFINITY, mendedMs: Number.POSITIVE_INFINITY };
  const mended = new Promise<void>((resolve, reject) => {
    setTimeout(() => {
      fault.endMs = performance.now() - begun;
      site.mend(step).then(() => {
        fault.mendedMs = performance.now() - begun;
        resolve();
      }, reject);
    }, PLAN.seconds * 1_000);
  });
  const outcomes = await openLoop(kinds, client, { seconds, perSecond: PLAN.perSecond, random });
  await mended;
  const figures = stepFigures(step.name, outcomes, fault);
  console.error(`${step.name}: recovery ${(figures.recoveryMs / 1_000).toFixed(2)} s`);
  return figures;
}

async function main(): Promise<void> {
  const world = await openWorld(OPTIONS.scale as Scale, referenceFolder());
  const ends: Ends = [];
  try {
    const site = await open(world, ends);
    const { kinds, client, random } = site;
    await openLoop(kinds, client, { seconds: WARM_SECONDS, perSecond: PLAN.perSecond, random });
    const steps: StepFigures[] = [];
    for (const step of STEPS) steps.push(await play(site, step));
    const events = await site.ledger.settle();
    const isWhole = PLAN.seconds >= WHOLE_SECONDS;
    const name = isWhole ? "ladder" : "ladder-partial";
    if (!reportLadder(name, { world, plan: PLAN }, { steps, events })) process.exitCode = 1;
  } finally {
    for (const end of ends) await end();
  }
}

await main();
