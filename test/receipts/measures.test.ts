import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateDemoProducts } from "../../cli/demo/generate.ts";
import { readMeasured, type Measured } from "../../scripts/cost/measured.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { newReceipt, type Receipt } from "../../src/ports/receipt.ts";
import { consume } from "../../src/queue/consumer.ts";
import { tick } from "../../src/queue/tick.ts";
import { mergeJob } from "../../src/services/search/jobs.ts";
import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { runJobs } from "../events/open-events.ts";
import { newSpot, spend } from "./drive.ts";
import { openPlace, type Place } from "./fixtures.ts";

const FILE = join(import.meta.dirname, "../../scripts/cost/measured.json");
const IS_WRITING = process.env.RECEIPTS === "write";
const SIZES = [1, 10, 100];
const PRODUCTS = 2_400;

let place: Place;
let merchant: Merchant;
beforeEach(async () => {
  place = await openPlace();
  merchant = await newMerchant(place.t, "measured", ["catalogue:write"]);
});
afterEach(() => place.t.platform.close());

/** Whether nothing has changed by more than a third: these are for sums, and may drift. */
function isNear(found: unknown, kept: unknown): boolean {
  if (typeof found === "number")
    return typeof kept === "number" && Math.abs(found - kept) <= Math.abs(kept) / 3;
  // Sound: what is no number holds numbers by name.
  const [a, b] = [found, kept ?? {}] as Record<string, unknown>[];
  return Object.keys(a).every((name) => isNear(a[name], b[name]));
}

/** Keeps what was found, or holds what is kept against it. */
function settle<K extends keyof Measured>(name: K, found: Measured[K]): void {
  const kept = readMeasured(FILE);
  if (IS_WRITING) writeFileSync(FILE, `${JSON.stringify({ ...kept, [name]: found }, null, 2)}\n`);
  else
    expect(isNear(found, kept[name]), `${name}: run \`npm run budgets\`, and commit what it writes`).toBe(
      true,
    );
}

/** The receipt of something that no request begins. */
async function receiptOf(
  work: (deps: ReturnType<typeof openMemoryDeps>) => Promise<unknown>,
): Promise<Receipt> {
  const receipt = newReceipt();
  place.billed.rows = 0;
  const deps = openMemoryDeps(place.t.platform, { receipt });
  await work(deps);
  await deps.lifetime.settle();
  return receipt;
}

/** What `/b.js` sends of one of 20 pages. Nobody names the visitor, who has three views. */
async function viewPage(size: number, i: number): Promise<void> {
  const { siteKeyId: site } = place.world.own;
  const message = { site, id: `view-${size}-${i}`, type: "page_view", path: `/p/${i % 20}` };
  const headers = {
    "content-type": "application/json",
    origin: "https://own.example",
    "user-agent": `Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/${size}.${Math.floor(i / 3)}`,
  };
  const answer = await place.t.call("/v1/collect", {
    method: "POST",
    headers,
    body: JSON.stringify(message),
  });
  expect(answer.status).toBe(204);
}

test("rows billed for a page view, by how many of them a fold takes", async () => {
  const found: Record<string, number> = {};
  for (const size of SIZES) {
    place.billed.rowsLeast = 0;
    for (let i = 0; i < size; i++) await viewPage(size, i);
    await runJobs(place.t.platform);
    // Partial indexes are of people with a name.
    found[size] = Math.round((place.billed.rowsLeast / size) * 100) / 100;
  }
  settle("foldedRows", found);
});

test("what a turn of the clock takes", async () => {
  const receipt = await receiptOf(tick);
  const { dbTrips: trips, rowsRead } = receipt;
  settle("tick", { trips, rowsRead, rowsBilled: place.billed.rows });
});

test("what a look whether the catalogue has changed takes", async () => {
  const spot = newSpot(place);
  const asked = { target: "/v1/search?q=lamp", init: {} };
  await spend(place, spot, asked);
  place.t.platform.clock.advance(10_000);
  const { counts } = await spend(place, spot, asked);
  settle("poll", { trips: counts.trips, rowsRead: counts.rowsRead });
});

test("what a product takes that is imported, and a merge of the index", async () => {
  const bytes = async (): Promise<number> => {
    const { rows } = await place.t.platform.client.execute(
      "SELECT (n.page_count - f.freelist_count) * s.page_size AS bytes FROM pragma_page_count n, pragma_freelist_count f, pragma_page_size s",
    );
    return Number(rows[0].bytes);
  };
  const before = await bytes();
  const lines = [...generateDemoProducts({ count: PRODUCTS })].map((product) => JSON.stringify(product));
  const headers = { ...merchant.headers, "content-type": "application/x-ndjson" };
  const body = lines.join("\n");
  place.billed.rows = 0;
  const answer = await place.t.call("/v1/products/import", { method: "POST", headers, body });
  expect(await answer.json()).toMatchObject({ accepted: PRODUCTS });
  settle("importedRows", Math.round((place.billed.rows / PRODUCTS) * 100) / 100);
  settle("productBytes", Math.round(((await bytes()) - before) / PRODUCTS));
  place.t.platform.jobs.queued = [];
  // A merge waits while an import goes on.
  place.t.platform.clock.advance(10_000);
  const receipt = await receiptOf(async (deps) => {
    await deps.jobs.send([mergeJob(deps)]);
    await place.t.platform.jobs.drain((messages) => consume(deps, messages));
  });
  const { dbTrips: trips, blobReads, blobWrites } = receipt;
  settle("merge", { trips, rowsBilled: place.billed.rows, blobReads, blobWrites });
});
