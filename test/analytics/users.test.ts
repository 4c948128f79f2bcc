import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sortNameOf } from "../../src/domain/sort-name.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { USER_SORTS } from "../../src/services/analytics/users.ts";
import { operatorHeaders, problemOf } from "../http/open-app.ts";
import {
  addUsers,
  bump,
  type FixtureUser,
  type Item,
  NOW,
  openTenants,
  type Page,
  randomUsers,
  type Tenants,
  walkPages,
} from "./users-fixture.ts";

const USERS = randomUsers(700, 11);
const encoder = new TextEncoder();

let t: Tenants;
beforeAll(async () => {
  t = await openTenants();
  await addUsers(t, t.acme.orgId, USERS);
  await addUsers(
    t,
    t.rival.orgId,
    randomUsers(50, 12).map((user) => ({ ...user, id: `rival-${user.id}`, name: "Canary" })),
  );
});
afterAll(() => t.platform.close());

function byBytes(a: string, b: string): number {
  const [one, other] = [encoder.encode(a), encoder.encode(b)];
  const at = one.findIndex((byte, i) => byte !== other[i]);
  return at === -1 ? one.length - other.length : one[at] - (other[at] ?? -1);
}

const nameOf = (user: FixtureUser): string => sortNameOf(user.name ?? user.id);
const COMPARE: Record<string, (a: FixtureUser, b: FixtureUser) => number> = {
  name: (a, b) => byBytes(nameOf(a), nameOf(b)),
  logins: (a, b) => a.logins - b.logins,
  page_views: (a, b) => a.pageViews - b.pageViews,
  last_activity: (a, b) => a.lastActivity - b.lastActivity,
};

/** What the list should be, by sorting all users: equals stand in the order they came in, or the reverse. */
function oracle(sort: string, keep: (user: FixtureUser) => boolean = () => true): Item[] {
  const ascending = USERS.filter((user) => !user.isAnonymous && keep(user)).toSorted(
    COMPARE[sort.replace("-", "")],
  );
  return (sort.startsWith("-") ? ascending.toReversed() : ascending).map((user) => ({
    id: user.id,
    name: user.name,
    logins: user.logins,
    page_views: user.pageViews,
    activities: user.activities,
    last_activity: user.lastActivity === 0 ? null : new Date(user.lastActivity).toISOString(),
  }));
}

describe.each(USER_SORTS)("sorted by %s", (sort) => {
  test("all pages together are all users once, in order", async () => {
    for (const limit of [1, 97, 100]) {
      const users = limit === 1 ? 30 : USERS.length;
      const pages =
        limit === 1
          ? await firstPages(`sort=${sort}&limit=1`, users)
          : await walkPages(t, `sort=${sort}&limit=${limit}`);
      const items = pages.flatMap((page) => page.items);
      expect(items).toEqual(oracle(sort).slice(0, items.length));
      if (limit > 1) expect(items).toHaveLength(USERS.filter((user) => !user.isAnonymous).length);
    }
  });

  test.each([
    "ada",
    "a",
    "ADA LOVELACE",
    "å",
    "🦊",
    "=cmd",
    "%",
    "_",
    "user-1",
    "李",
    "zoë \u{10FFFF}",
    "nobody",
    "  ad",
  ])("the prefix %j finds those and no others", async (q) => {
    const pages = await walkPages(t, `sort=${sort}&limit=50&q=${encodeURIComponent(q)}`);
    const expected = oracle(sort, (user) => nameOf(user).startsWith(sortNameOf(q.trimStart())));
    expect(pages.flatMap((page) => page.items)).toEqual(expected);
  });

  test("only the active since a time", async () => {
    const since = NOW - 300 * 60_000;
    for (const q of ["", "ada"]) {
      const pages = await walkPages(t, `sort=${sort}&q=${q}&active_since=${new Date(since).toISOString()}`);
      const expected = oracle(sort, (user) => user.lastActivity >= since && nameOf(user).startsWith(q));
      expect(expected.length).toBeGreaterThan(10);
      expect(pages.flatMap((page) => page.items)).toEqual(expected);
    }
  });
});

async function firstPages(query: string, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor = "";
  while (pages.length < count) {
    const page = (await (await t.get(`/users?${query}${cursor}`)).json()) as Page;
    pages.push(page);
    cursor = `&cursor=${page.next_cursor}`;
  }
  return pages;
}

describe("a page", () => {
  test("comes by last activity, fifty at a time, with the next one's address", async () => {
    const response = await t.get("/users");
    const page = (await response.json()) as Page;
    expect(page.items).toEqual(oracle("-last_activity").slice(0, 50));
    expect(page.as_of).toBe(new Date(NOW).toISOString());
    expect(response.headers.get("link")).toBe(`</v1/orgs/acme/users?cursor=${page.next_cursor}>; rel="next"`);
  });

  test.each(USER_SORTS)("by %s costs one round trip and as many rows as it shows", async (sort) => {
    const { next_cursor: cursor } = (await (await t.get(`/users?sort=${sort}&limit=20`)).json()) as Page;
    await bump(t, t.acme.orgId);
    t.platform.clock.advance(1_000);
    const receipt = newReceipt();
    const response = await t.call(
      `/v1/orgs/acme/users?sort=${sort}&limit=20&cursor=${cursor}`,
      { headers: t.acme.headers },
      { receipt },
    );
    expect(((await response.json()) as Page).rows_read).toBe(23);
    expect(receipt).toMatchObject({ dbTrips: 1, rowsRead: 22, cache: "miss" });
  });

  test("is not sent again while the organisation stands, and is after a change", async () => {
    const first = await t.get("/users?limit=7");
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("vary")).toContain("Authorization");
    expect((await t.get("/users?limit=7", { "if-none-match": etag })).status).toBe(304);
    await bump(t, t.acme.orgId);
    t.platform.clock.advance(1_000);
    const later = await t.get("/users?limit=7", { "if-none-match": etag });
    expect(later.status).toBe(200);
    expect(later.headers.get("etag")).not.toBe(etag);
  });

  test("of an organisation without users is empty", async () => {
    const empty = await openTenants();
    try {
      const page = (await (await empty.get("/users")).json()) as Page;
      expect(page).toEqual({
        items: [],
        next_cursor: null,
        as_of: new Date(NOW).toISOString(),
        rows_read: 1,
      });
    } finally {
      empty.platform.close();
    }
  });
});

describe("organisations are kept apart", () => {
  test("no page of one shows a user of another", async () => {
    const pages = await walkPages(t, "sort=name&limit=100");
    expect(JSON.stringify(pages)).not.toContain("Canary");
    expect(await (await t.get("/users?q=canary")).json()).toMatchObject({ items: [], next_cursor: null });
  });

  test("neither another's nor an unknown one is there", async () => {
    for (const org of ["rival", t.rival.orgId, "none"]) {
      const response = await t.call(`/v1/orgs/${org}/users`, { headers: t.acme.headers });
      expect(await problemOf(response)).toMatchObject({ status: 404, code: "not_found" });
    }
  });

  test("the operator reads none", async () => {
    const response = await t.call("/v1/orgs/acme/users", { headers: operatorHeaders(t.platform) });
    expect(response.status).toBe(403);
  });

  test("a cursor is good for its own list alone", async () => {
    const { next_cursor: cursor } = (await (await t.get("/users?sort=name&limit=5")).json()) as Page;
    const good = await t.get(`/users?sort=name&limit=9&cursor=${cursor}`);
    expect(good.status).toBe(200);
    const others = ["sort=-name", "sort=name&q=a", "sort=name&active_since=2026-01-01T00:00:00Z", ""];
    for (const query of others) {
      const response = await t.get(`/users?${query}&cursor=${cursor}`);
      expect(await problemOf(response)).toMatchObject({ status: 400, code: "bad_cursor" });
    }
    const foreign = await t.call(`/v1/orgs/rival/users?sort=name&cursor=${cursor}`, {
      headers: t.rival.headers,
    });
    expect(await problemOf(foreign)).toMatchObject({ status: 400, code: "bad_cursor" });
  });
});

test.each([
  ["sort=age", "sort"],
  ["sort=", "sort"],
  ["sort=--name", "sort"],
  ["sort=name;drop", "sort"],
  ["limit=0", "limit"],
  ["limit=101", "limit"],
  ["limit=ten", "limit"],
  ["limit=-1", "limit"],
  ["active_since=7d", "active_since"],
  ["active_since=2026-13-01T00:00:00Z", "active_since"],
  ["active_since=2026-02-30T00:00:00Z", "active_since"],
  ["active_since=2026-01-01", "active_since"],
  ["active_since=", "active_since"],
  [`q=${"a".repeat(201)}`, "q"],
  ["q=a%00b", "q"],
  ["cursor=", "cursor"],
])("%s is a 400 that names the parameter", async (query, path) => {
  const problem = await problemOf(await t.get(`/users?${query}`));
  expect(problem).toMatchObject({ status: 400, code: "bad_request", errors: [{ path }] });
});

test.each(["forged", "AAAA", "a".repeat(100)])("the cursor %s is a 400", async (cursor) => {
  expect(await problemOf(await t.get(`/users?cursor=${cursor}`))).toMatchObject({ code: "bad_cursor" });
});
