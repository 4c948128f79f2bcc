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
  merchant = await newMerchant(place.t, "measured", ["events:write", "catalogue:write"]);
});
afterEach(() => place.t.platform.close());

/** Keeps what was found, or holds what is kept against it. */
function settle<K extends keyof Measured>(name: K, found: Measured[K]): void {
  const kept = readMeasured(FILE);
  if (IS_WRITING) writeFileSync(FILE, `${JSON.stringify({ ...kept, [name]: found }, null, 2)}\n`);
  else expect(kept[name], "Run `npm run budgets`, and commit what it writes").toEqual(found);
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

/** A view of one of 20 pages; each visitor has three. */
function pageView(i: number): object {
  const at = new Date(place.t.platform.clock.now()).toISOString();
  return {
    id: `view-${i}`,
    type: "page_view",
    user_id: `user-${Math.floor(i / 3)}`,
    path: `/p/${i % 20}`,
    at,
  };
}

test("rows billed for a page view, by how many of them a fold takes", async () => {
  const found: Record<string, number> = {};
  for (const size of SIZES) {
    const { orgId: _, headers } = await newMerchant(place.t, `folded-${size}`, ["events:write"]);
    place.billed.rows = 0;
    for (let i = 0; i < size; i++) {
      const body = JSON.stringify({ events: [pageView(i)] });
      const init = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
      expect((await place.t.call("/v1/events", init)).status).toBe(202);
    }
    await runJobs(place.t.platform);
    found[size] = Math.round((place.billed.rows / size) * 100) / 100;
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
