import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { benchState, OPERATOR_KEY } from "../deployment.ts";
import { startDenoServers } from "../deno-servers.ts";
import { migrateFile } from "../feed/feed-file.ts";
import { sourceOf } from "./source.ts";
import type { Source } from "./source.ts";

/** As the deployments of the measurements have it. */
export const SECRET = "a secret of the measurements, long enough";
/** The demo's people are there at once, whose mails nobody reads. */
export const WORLD_VARIABLES = { EMAIL_CONFIRMATION: "off" };
/** Grows where the same data would be written in another way. */
const VERSION = 1;
const SETTLE_TRIES = 1_200;
const QUIET_LOOKS = 6;

/** What a measurement asks a world for. */
export interface WorldFacts {
  label: string;
  products: number;
  /** Of the organisation whose dashboard is read. */
  org: string;
  users: number;
  events: number;
  posts: number;
  /** Of all scopes, of that organisation. */
  key: string;
  queries: string[];
  /** Ids of people who are signed in. */
  people: string[];
}

/** All four jobs' data in one deployment: a libSQL file and a folder of blobs. */
export interface World extends WorldFacts {
  folder: string;
  database: string;
}

/** Both of the servers and of a world: what is done once is kept. */
export type Scale = "full" | "small";

function read(folder: string): WorldFacts | null {
  const file = join(folder, "world.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as WorldFacts) : null;
}

async function build(folder: string, source: Source): Promise<WorldFacts> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const database = join(folder, "vitrine.db");
  await source.writeDatabase(database);
  const servers = await startDenoServers(database, 1, SECRET, {
    states: [folder],
    variables: WORLD_VARIABLES,
  });
  let facts: WorldFacts;
  const site = { url: `http://127.0.0.1:${servers.port}`, operatorKey: OPERATOR_KEY };
  try {
    facts = await source.load(site, folder);
    await untilIndexed(site.url, facts.products);
    await untilDone(join(folder, "platform.db"));
  } finally {
    await servers.stop();
  }
  for (const file of [database, join(folder, "platform.db")]) intoOneFile(file);
  return { ...facts, people: await source.people(database) };
}

/** Waits for jobs that are due, so that none is left to be done while somebody measures. */
async function untilDone(file: string): Promise<void> {
  const database = new Database(file, { readonly: true });
  const due = database.prepare("SELECT count(*) AS jobs FROM jobs WHERE due_at < ?");
  for (let tries = 0, quiet = 0; quiet < QUIET_LOOKS; tries++) {
    if (tries === SETTLE_TRIES) throw new Error("The jobs of the world's data do not end");
    const { jobs } = due.get([Date.now() + 5_000]) as { jobs: number };
    quiet = jobs === 0 ? quiet + 1 : 0;
    await sleep(500);
  }
  database.close();
}

/** What is in the write-ahead log is not copied with the file. */
function intoOneFile(file: string): void {
  const database = new Database(file);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

/** The index follows the catalogue by itself; a search of everything tells when it has. */
async function untilIndexed(url: string, products: number): Promise<void> {
  for (let tries = 0; tries < SETTLE_TRIES; tries++) {
    const answer = await fetch(`${url}/v1/search?limit=1&q=`);
    const { total } = (await answer.json()) as { total?: number };
    if (total === products) return;
    await sleep(500);
  }
  throw new Error(`The index does not come to have ${products} products`);
}

/** Makes a world unless it is there; of the reference's data where `reference` is its folder, else of generated ones. */
export async function openWorld(scale: Scale, reference: string | null): Promise<World> {
  const source = sourceOf(scale, reference);
  const folder = join(benchState(), `world-${source.name}-${VERSION}`);
  const database = join(folder, "vitrine.db");
  let facts = read(folder);
  if (facts === null) {
    console.error(`Making the data of all four jobs (${source.name}), once …`);
    facts = await build(folder, source);
    writeFileSync(join(folder, "world.json"), JSON.stringify(facts));
  }
  await migrateFile(database);
  return { ...facts, folder, database };
}
