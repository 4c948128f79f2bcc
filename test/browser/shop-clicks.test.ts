import { beforeEach, expect, it } from "vitest";
import { insertExperiment } from "../../src/db/queries/experiments.ts";
import { openMemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";
import { DEPLOYMENT } from "../../src/domain/experiment.ts";
import { someLine } from "../db/audit-line.ts";
import { BROWSER } from "../experiments/world.ts";
import { describeShop } from "./browser.ts";
import { openShop, type OpenShop } from "./open-shop.ts";

const WEIGHTS = { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 0.25 };
const PERSON = { userAgent: BROWSER };

interface Told {
  status: number;
  query_id: string;
  product_id: string;
  position: number;
}

let told: Told[] = [];
beforeEach(() => {
  told = [];
});

async function startExperiment(platform: MemoryPlatform): Promise<void> {
  const shared = { scope: DEPLOYMENT, name: "popular", description: "", unit: "user" as const, share: 0.5 };
  const values = {
    parameter: "ranking" as const,
    control: WEIGHTS,
    treatment: { ...WEIGHTS, popularity: 5 },
  };
  const row = { ...shared, ...values, outcome: "click", salt: "s", startedAt: 0 };
  await insertExperiment(openMemoryDeps(platform).db, row, { asker: null, audit: someLine() });
  platform.clock.advance(3_000);
}

/** The shop, where what pages tell of clicks is looked at as it arrives. */
async function watchedShop(): Promise<OpenShop> {
  const shop = await openShop(startExperiment);
  return {
    ...shop,
    fetch: async (request) => {
      const isClick = new URL(request.url).pathname === "/v1/search/clicks";
      const body = isClick ? ((await request.clone().json()) as Omit<Told, "status">) : null;
      const response = await shop.fetch(request);
      if (body !== null) told.push({ ...body, status: response.status });
      return response;
    },
  };
}

describeShop(
  "the shop during an experiment",
  (shop) => {
    it("tells which product of its first list is opened, and at which place", async () => {
      const page = await shop.open("/?q=lamp", PERSON);
      const link = page.locator("#results .card-title a").nth(2);
      const id = decodeURIComponent((await link.getAttribute("href"))?.slice("/p/".length) ?? "");
      await link.click();
      await page.waitForURL("**/p/**");
      await expect.poll(() => told).toMatchObject([{ status: 204, product_id: id, position: 2 }]);
      expect(shop.complaints).toEqual([]);
    });

    it("tells of a list that was typed for by that list's own answer", async () => {
      const page = await shop.open("/?q=lamp", PERSON);
      const first = await page.locator("#results").getAttribute("data-query-id");
      await page.locator("#q").fill("kettle");
      await page.locator('#results-title:has-text("“kettle”")').waitFor();
      const second = await page.locator("#results").getAttribute("data-query-id");
      expect(second).not.toBe(first);
      await page.locator("#results .card-title a").first().click();
      await expect.poll(() => told).toMatchObject([{ status: 204, query_id: second, position: 0 }]);
    });

    it("tells nothing of who asks not to be tracked, nor of a machine", async () => {
      for (const options of [{ ...PERSON, extraHTTPHeaders: { "sec-gpc": "1" } }, {}]) {
        const page = await shop.open("/?q=lamp", options);
        expect(await page.locator("#results").getAttribute("data-query-id")).toBeNull();
        await page.locator("#results .card-title a").first().click();
        await page.waitForURL("**/p/**");
      }
      expect(told).toEqual([]);
    });
  },
  watchedShop,
);
