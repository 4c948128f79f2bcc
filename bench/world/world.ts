import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchState, OPERATOR_KEY } from "../deployment.ts";
import { startDenoServers } from "../deno-servers.ts";
import { migrateFile } from "../feed/feed-file.ts";
import { sourceOf } from "./source.ts";
import type { Source } from "./source.ts";

/** As the deployments of the measurements have it. */
export const SECRET = "a secret of the measurements, long enough";
/** Grows where the same data would be written in another way. */
const VERSION = 1;
const SETTLE_TRIES = 600;

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
  const servers = await startDenoServers(database, 1, SECRET, { states: [folder] });
  const site = { url: `http://127.0.0.1:${servers.port}`, operatorKey: OPERATOR_KEY };
  try {
    const facts = await source.load(site, folder);
    await untilIndexed(site.url, facts.products);
    return { ...facts, people: await source.people(database) };
  } finally {
    await servers.stop();
  }
}

/** The index follows the catalogue by itself; a search of everything tells when it has. */
async function untilIndexed(url: string, products: number): Promise<void> {
  for (let tries = 0; tries < SETTLE_TRIES; tries++) {
    const answer = await fetch(`${url}/v1/search?limit=1&q=`);
    const { total } = (await answer.json()) as { total?: number };
    if (total === products) return;
    await new Promise((done) => setTimeout(done, 500));
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
