import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Client } from "@libsql/client/web";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLibsqlServer, type LibsqlServer } from "../../scripts/libsql-server.ts";
import { openDatabase } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { DAY_MS } from "../../src/domain/event.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { createMemoryPlatform, openMemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { overview } from "../../src/services/analytics/overview.ts";
import { keepSketches } from "../../src/services/analytics/sketches.ts";
import { foldOrg } from "../../src/services/events/fold.ts";
import { recordEvents } from "../../src/services/events/record.ts";
import type { Body } from "./overview-world.ts";
import { randomEvents } from "./overview-world.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "vitrine-overview-"));
let server: LibsqlServer;
let client: Client;
let platform: MemoryPlatform;

beforeAll(async () => {
  server = await startLibsqlServer({ file: join(folder, "a.db"), port: 0 });
  client = createClient({ url: server.url });
  await migrate(client);
  platform = await createMemoryPlatform({ now: NOW });
  await client.execute(
    "INSERT INTO organisations (id, slug, name, number, created_at) VALUES ('org_1', 'acme', 'Acme', 1, 0)",
  );
});
afterAll(async () => {
  platform.close();
  client.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** With an isolate that knows nothing. */
function deps() {
  const receipt = newReceipt();
  const db = openDatabase(() => client, receipt);
  const actor = { kind: "api-key" as const, keyId: "k", orgId: "org_1", orgSlug: "acme" };
  const scopes = ["stats:read" as const];
  return { ...openMemoryDeps(platform, { isolate: newIsolate(), receipt }), db, actor: { ...actor, scopes } };
}

async function read(): Promise<Body> {
  const none = { to: null, compare: null };
  const asked = { org: "acme", from: "2026-09-10", tz: "Asia/Kathmandu", interval: "week" as const, ...none };
  const nowhere = { get: async () => null, put: async () => undefined };
  const edgeCache = { ...nowhere, getBytes: nowhere.get, putBytes: nowhere.put };
  const answer = await overview({ ...deps(), edgeCache }, asked);
  return JSON.parse(answer.value.json) as Body;
}

test("over HTTP, sketches and numbers come back as they went in", async () => {
  const events = randomEvents(8, { count: 900, users: 120, from: NOW - 70 * DAY_MS, to: NOW });
  await recordEvents(deps(), "org_1", events);
  await foldOrg(deps(), 1);
  const counted = await read();
  expect(counted.totals.active_users).toBeGreaterThan(100);
  const zone = new Intl.DateTimeFormat("en", { timeZone: "Asia/Kathmandu" }).resolvedOptions().timeZone;
  await keepSketches(deps(), { org: 1, zone, asked: 1 });
  await client.execute("DELETE FROM user_days");
  const kept = await read();
  expect(kept.series).toEqual(counted.series);
  expect(kept.totals).toEqual(counted.totals);
});
