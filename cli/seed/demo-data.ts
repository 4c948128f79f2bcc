import { itemsOf, record, type Api } from "../api.ts";
import type { Invocation } from "../command.ts";
import { generateDemoProducts } from "../demo/generate.ts";
import { DEMO_USER_PREFIX, generateDemoUsers, type DemoUser } from "../demo/people/generate.ts";
import { generateDemoVisits } from "../demo/visits/generate.ts";
import { chunksOf } from "../import/chunks.ts";
import { eventImportPath } from "../import/events/kind.ts";
import { ProgressBar } from "../import/progress.ts";
import type { InputRecord } from "../import/reading/record.ts";
import { RejectedFile } from "../import/rejected.ts";
import { runImport, type ImportSummary } from "../import/run-import.ts";
import { userImportPath } from "../import/users/kind.ts";

export interface DemoAmounts {
  products: number;
  events: number;
  users: number;
  seed: number;
  /** Where the events loaded before end; 0 where there are none. */
  since: number;
  /** The last moment of the events, in milliseconds since the epoch. */
  until: number;
}

/** What was taken of each kind. */
export interface LoadedData {
  products: ImportSummary;
  users: ImportSummary;
  events: ImportSummary;
}

const CHUNK = { records: 1_000, chars: 8_000_000 };
const EVENT_CHUNK = { records: 10_000, chars: 8_000_000 };

/** Sends the demo's data through the routes that take everybody's. Throws what cannot pass. */
export async function loadDemoData(
  invocation: Invocation,
  { api, org }: { api: Api; org: string },
  amounts: DemoAmounts,
): Promise<LoadedData> {
  const { seed, since, until } = amounts;
  const people = amounts.events === 0 ? [] : generateDemoUsers({ count: amounts.users, seed });
  const load = (what: string, path: string, items: Iterable<object>, limits = CHUNK) =>
    loadAll(invocation, { what, api, path, items, limits });
  const products = generateDemoProducts({ count: amounts.products, seed });
  const visits = generateDemoVisits({ users: people, since, until, seed, count: amounts.events });
  return {
    products: await load("products", "/v1/products/import", products),
    users: await load("users", userImportPath(org), people.map(nameOf)),
    events: await load("events", eventImportPath(org), visits, EVENT_CHUNK),
  };
}

/** When the demo's users were last seen, in milliseconds since the epoch; 0 for never. */
export async function lastVisit({ api, org }: { api: Api; org: string }): Promise<number> {
  const path = `/v1/orgs/${encodeURIComponent(org)}/users`;
  const page = record(await api.call({ path, query: { sort: "-last_activity", limit: "100" } }));
  const users = itemsOf(page).map(record);
  const newest = users.find(({ id }) => String(id).startsWith(DEMO_USER_PREFIX))?.last_activity;
  return typeof newest === "string" ? Date.parse(newest) : 0;
}

function nameOf({ id, name }: DemoUser): { id: string; name: string } {
  return { id, name };
}

interface Load {
  what: string;
  api: Api;
  path: string;
  items: Iterable<object>;
  limits: { records: number; chars: number };
}

async function loadAll(
  invocation: Invocation,
  { what, api, path, items, limits }: Load,
): Promise<ImportSummary> {
  const progress = new ProgressBar(invocation, null, invocation.flag("quiet"));
  return runImport({
    chunks: chunksOf(records(items), (value) => ({ value: { ...(value as object) } }), limits),
    bytesRead: () => 0,
    upload: { api, path, signal: invocation.signal, onRetry: (reason) => progress.note(reason) },
    progress,
    rejectedFile: new RejectedFile(`demo-${what}.rejected.ndjson`, 0),
    state: null,
  }).finally(() => progress.clear());
}

async function* records(items: Iterable<object>): AsyncGenerator<InputRecord> {
  let line = 0;
  for (const value of items) yield { line: ++line, value };
}
