import type { Client } from "@libsql/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import type { MemoryDeps } from "../../src/platform/memory/open.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { problemOf } from "../http/open-app.ts";
import {
  addUsers,
  type FixtureUser,
  NOW,
  openTenants,
  randomUsers,
  type Tenants,
  walkPages,
} from "./users-fixture.ts";

let t: Tenants;
beforeAll(async () => {
  t = await openTenants();
  await addUsers(t, t.acme.orgId, randomUsers(20_000, 3));
  const names = ["=1+1", "+1", "-1", "@x", "\tx", "＝1", 'a,"b"', "plain", "'quoted", null, " =1", "li\nne"];
  await addUsers(t, t.rival.orgId, names.map(named));
});
afterAll(() => t.platform.close());

function named(name: string | null, i: number): FixtureUser {
  const counters = { logins: i, pageViews: 1_000 * i, activities: -0, lastActivity: i === 0 ? 0 : NOW };
  return { id: i === 1 ? "=id" : `u${i}`, name, ...counters, isAnonymous: false };
}

const HEADER = "id,name,logins,page_views,activities,last_activity";

function readCsv(text: string): string[][] {
  return text
    .replace(/\r\n$/, "")
    .split("\r\n")
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)])
    .map((cells) => cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
}

const ask = (query: string, org = t.rival) =>
  t.call(`/v1/orgs/${org === t.rival ? "rival" : "acme"}/users.csv${query}`, { headers: org.headers });

test("formulas are made safe, and numbers stay numbers", async () => {
  const response = await ask("?sort=logins");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="users-rival.csv"');
  expect(response.headers.get("cache-control")).toBe("no-store");
  const at = new Date(NOW).toISOString();
  expect(await response.text()).toBe(
    [
      HEADER,
      "u0,'=1+1,0,0,0,",
      `'=id,'+1,1,1000,0,${at}`,
      `u2,'-1,2,2000,0,${at}`,
      `u3,'@x,3,3000,0,${at}`,
      `u4,'\tx,4,4000,0,${at}`,
      `u5,'＝1,5,5000,0,${at}`,
      `u6,"a,""b""",6,6000,0,${at}`,
      `u7,plain,7,7000,0,${at}`,
      `u8,'quoted,8,8000,0,${at}`,
      `u9,,9,9000,0,${at}`,
      `u10, =1,10,10000,0,${at}`,
      `u11,"li\nne",11,11000,0,${at}`,
      "",
    ].join("\r\n"),
  );
});

test.each([
  "sort=name",
  "sort=-page_views",
  "sort=-logins&q=ada",
  `sort=-name&active_since=${new Date(NOW - 3e8).toISOString()}`,
])("%s exports what all pages list", async (query) => {
  const [header, ...records] = readCsv(await (await ask(`?${query}`, t.acme)).text());
  expect(header.join()).toBe(HEADER);
  const pages = await walkPages(t, `${query}&limit=100`);
  const items = pages.flatMap((page) => page.items);
  expect(records.map(([id]) => id)).toEqual(items.map(({ id }) => id));
  expect(records.map((cells) => cells.slice(2))).toEqual(
    items.map((item) => [
      String(item.logins),
      String(item.page_views),
      String(item.activities),
      item.last_activity ?? "",
    ]),
  );
});

test("an empty selection is a header", async () => {
  expect(await (await ask("?q=nobody")).text()).toBe(`${HEADER}\r\n`);
});

test("pages are read from the database as the reader takes them", async () => {
  const receipt = newReceipt();
  const response = await t.call("/v1/orgs/acme/users.csv", { headers: t.acme.headers }, { receipt });
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error("no body");
  const trips = [];
  let largest = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    largest = Math.max(largest, part.value.length);
    // A reader that dawdles lets nothing pile up behind it.
    await new Promise((resolve) => setTimeout(resolve, 1));
    trips.push(receipt.dbTrips);
  }
  expect(trips).toHaveLength(19);
  expect(trips.every((count, i) => count <= i + 2)).toBe(true);
  expect(largest).toBeLessThan(120_000);
});

test("a reader that goes away stops the reading", async () => {
  const receipt = newReceipt();
  const response = await t.call("/v1/orgs/acme/users.csv", { headers: t.acme.headers }, { receipt });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(receipt.dbTrips).toBeLessThanOrEqual(3);
});

describe("where the database goes away", () => {
  /** Fails from the call of this number on. */
  function failing(from: number): Partial<MemoryDeps> {
    let calls = 0;
    const fails = (): boolean => ++calls >= from;
    const client: Client = Object.create(t.platform.client, {
      execute: {
        value: (...args: Parameters<Client["execute"]>) =>
          fails() ? lost() : t.platform.client.execute(...args),
      },
      batch: {
        value: (...args: Parameters<Client["batch"]>) =>
          fails() ? lost() : t.platform.client.batch(...args),
      },
    }) as Client;
    const receipt = newReceipt();
    return { receipt, db: openDatabase(() => client, receipt) };
  }
  const lost = () => Promise.reject(new Error("fetch failed"));

  test("before the first page, it is said", async () => {
    const response = await t.call("/v1/orgs/acme/users.csv", { headers: t.acme.headers }, failing(1));
    expect(await problemOf(response)).toMatchObject({ status: 503, code: "unavailable" });
  });

  test("midway, the stream breaks", async () => {
    const response = await t.call("/v1/orgs/acme/users.csv", { headers: t.acme.headers }, failing(4));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toMatchObject({ code: "unavailable" });
    expect(t.platform.log.lines.at(-1)).toMatchObject({ event: "users_csv_broken" });
  });
});

test.each([
  ["?sort=age", 400],
  ["?active_since=now", 400],
  [`?q=${"x".repeat(201)}`, 400],
])("%s is a %i", async (query, status) => {
  expect((await problemOf(await ask(query))).status).toBe(status);
});

test("of another organisation or none is a 404", async () => {
  for (const org of ["acme", "none"]) {
    const response = await t.call(`/v1/orgs/${org}/users.csv`, { headers: t.rival.headers });
    expect(await problemOf(response)).toMatchObject({ status: 404 });
  }
});
