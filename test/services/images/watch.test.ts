import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryPlatform, openMemoryDeps } from "../../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../../src/platform/memory/open.ts";
import { MAX_WATCH_MS, watchImages } from "../../../src/services/images/watch.ts";
import { createTenant } from "../../http/tenants.ts";

let platform: MemoryPlatform;
beforeEach(async () => {
  platform = await createMemoryPlatform();
});
afterEach(() => platform.close());

test("an image that never ends is watched for a minute, by at most 60 reads at ever longer intervals", async () => {
  const { id: orgId } = await createTenant(platform, "own", "own");
  await platform.client.batch(
    [
      "INSERT INTO image_contents (sha256, format, bytes, width, height, state, created_at, changed_at) VALUES ('s', 'png', 1, 1, 1, 'queued', 1, 1)",
      {
        sql: "INSERT INTO images (id, sha256, org_id, created_at) VALUES ('img_1', 's', ?, 1)",
        args: [orgId],
      },
    ],
    "write",
  );
  const actor = { kind: "api-key" as const, keyId: "k", orgId, orgSlug: "own", scopes: [] };
  const deps = openMemoryDeps(platform);
  const watch = await watchImages({ ...deps, actor }, ["img_1"]);
  const pauses: number[] = [];
  const news: unknown[] = [];
  for await (const one of watch(async (ms) => void pauses.push(ms))) news.push(one);
  expect(news.filter((one) => one !== null)).toMatchObject([{ id: "img_1", isLast: false }]);
  expect(pauses[0]).toBe(150);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  const total = pauses.reduce((sum, ms) => sum + ms, 0);
  expect(total).toBeGreaterThanOrEqual(MAX_WATCH_MS);
  expect(total).toBeLessThan(MAX_WATCH_MS + 2_000);
  expect(deps.receipt.dbTrips).toBeLessThanOrEqual(60);
});
