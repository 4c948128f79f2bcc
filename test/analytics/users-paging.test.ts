import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  bumpVersionStatement,
  changedOrg,
  versionQuery,
  withVersion,
} from "../../src/db/queries/analytics-version.ts";
import { settingsQuery, updateQuery } from "../../src/db/queries/org-users-settings.ts";
import { upsertUsersQuery, userQuery } from "../../src/db/queries/org-users-write.ts";
import {
  filteredWalkQuery,
  matchesQuery,
  otherFilterOf,
  pageStatement,
  sortedMatchesQuery,
  type UserPageArgs,
  USER_SORTS,
  walkQuery,
} from "../../src/db/queries/org-users-page.ts";
import { packedUsers } from "../../src/db/queries/org-users-row.ts";
import type { Statement } from "../../src/db/statement-texts.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { SQL } from "drizzle-orm";
import { Random } from "../index/random.ts";
import {
  addUsers,
  bump,
  type FixtureUser,
  NOW,
  openTenants,
  type Tenants,
  walkPages,
} from "./users-fixture.ts";

let t: Tenants;
beforeEach(async () => {
  t = await openTenants();
});
afterEach(() => t.platform.close());

function user(i: number, more: Partial<FixtureUser> = {}): FixtureUser {
  const counters = { logins: i % 37, pageViews: (i * 7) % 101, activities: 0, lastActivity: NOW - i * 1_000 };
  return { id: `u${i}`, name: `Ada ${i % 500}`, ...counters, isAnonymous: false, ...more };
}

describe("while counters change", () => {
  test.each(USER_SORTS)("by %s each user that does not move comes exactly once", async (sort) => {
    const users = Array.from({ length: 400 }, (_, i) => user(i));
    await addUsers(t, t.acme.orgId, users);
    const random = new Random(5);
    const moved = new Set<string>();
    const change = async (): Promise<void> => {
      const ids = Array.from({ length: 12 }, () => `u${random.below(400)}`);
      for (const id of ids) moved.add(id);
      await t.platform.client.execute({
        sql: `UPDATE org_users SET logins = logins + ?, page_views = page_views + 3, last_activity = ?, sort_name = ?
          WHERE id IN (SELECT value FROM json_each(?))`,
        args: [random.below(9), NOW + random.below(9), `m${random.below(9)}`, JSON.stringify(ids)],
      });
      await bump(t, t.acme.orgId);
      t.platform.clock.advance(1_000);
    };
    const pages = await walkPages(t, `sort=${sort}&limit=23`, change);
    const seen = pages.flatMap(({ items }) => items.map(({ id }) => id)).filter((id) => !moved.has(id));
    expect(seen.toSorted()).toEqual(
      users
        .map(({ id }) => id)
        .filter((id) => !moved.has(id))
        .toSorted(),
    );
    expect(moved.size).toBeGreaterThan(100);
  });
});

describe("a filter with very many matches, in another order", () => {
  const users = Array.from({ length: 15_000 }, (_, i) =>
    user(i, { name: i % 4 === 0 && i > 6_000 ? `Bob ${i}` : `Ada ${i}`, logins: 20_000 - i }),
  );
  const isKept = ({ name, lastActivity }: FixtureUser, since: number): boolean =>
    name?.startsWith("Bo") === true && lastActivity >= since;

  test.each([
    ["sort=-logins&q=bob", 0],
    ["sort=logins&q=bo", 0],
    ["sort=-page_views&q=bob", 0],
    ["sort=last_activity&q=bob", 0],
    ["sort=-name&q=bob&active_since=SINCE", NOW - 14_500_000],
    ["sort=-logins&q=bob&active_since=SINCE", NOW - 14_500_000],
  ])("%s: short pages, none too many rows, and all users once", async (query, since) => {
    await addUsers(t, t.acme.orgId, users);
    const path = query.replace("SINCE", new Date(since).toISOString());
    const pages = await walkPages(t, `${path}&limit=100`);
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    const kept = users.filter((one) => isKept(one, since));
    expect(kept.length).toBeGreaterThan(2_000);
    const isShort = pages.some((page) => page.items.length < 100 && page.next_cursor !== null);
    expect(isShort).toBe(!/page_views|name/.test(query));
    expect(ids.toSorted()).toEqual(kept.map(({ id }) => id).toSorted());
    expect(Math.max(...pages.map((page) => page.rows_read))).toBeLessThanOrEqual(1 + 5_000 + 4 * 2_001);
    if (query.startsWith("sort=-logins"))
      expect(ids).toEqual(kept.toSorted((a, b) => b.logins - a.logins).map(({ id }) => id));
  });

  test("costs one round trip a page, also where it finds nothing", async () => {
    await addUsers(t, t.acme.orgId, users);
    await t.get("/users");
    for (const query of ["sort=-logins&q=ada", "sort=-logins&q=bob", "sort=-page_views&q=nobody"]) {
      const response = await t.get(`/users?${query}`);
      expect(response.headers.get("server-timing")).toContain('desc="1 trip"');
    }
    const first = (await (await t.get("/users?sort=-logins&q=bob")).json()) as {
      items: [];
      next_cursor: string;
    };
    expect(first.items).toEqual([]);
    expect(first.next_cursor).not.toBeNull();
  });
});

describe("the plan", () => {
  const after = { key: 7, number: 3 };
  const argsOf = (more: Partial<UserPageArgs>): UserPageArgs => ({
    sort: "-logins",
    prefix: "",
    activeSince: null,
    after: null,
    limit: 50,
    ...more,
  });
  const built = (query: SQL): Statement => {
    const { sql, params } = openMemoryDeps(t.platform).db.orm.all(query).getQuery();
    return { sql, args: params as (string | number)[] };
  };
  /** With each value where it stands, as two statements that bind the same ones in another order agree. */
  const withValues = ({ sql, args }: Statement): string => {
    let place = 0;
    return sql.replaceAll(/\?(\d*)/g, (_, at: string) =>
      JSON.stringify(args[at === "" ? place++ : Number(at) - 1]),
    );
  };
  const planOf = async (query: SQL | Statement): Promise<string[]> => {
    const { sql, args } = "args" in query ? query : built(query);
    const { rows } = await t.platform.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
    return rows.map(({ detail }) => String(detail));
  };
  const org = changedOrg("org_a", 4);

  test.each(USER_SORTS)(
    "of a page by %s enters one index at the position, and sorts nothing",
    async (sort) => {
      const by = sort.replace("-", "");
      const key = by === "name" ? "ada" : 7;
      const own = { prefix: by === "name" ? "ad" : "", activeSince: by === "last_activity" ? 5 : null };
      for (const filter of [{}, own]) {
        const plan = await planOf(walkQuery(org, argsOf({ sort, ...filter, after: { ...after, key } }), 51));
        expect(plan.filter((step) => /SCAN|TEMP B-TREE/.test(step))).toEqual([]);
        const column = by === "name" ? "sort_name" : by;
        const sign = sort.startsWith("-") ? "<" : ">";
        const steps = plan.filter((step) => step.includes(`org_users_by_${by}`));
        expect(steps[0]).toContain(`(org=? AND ${column}=? AND rowid${sign}?)`);
        expect(steps[1]).toMatch(new RegExp(`\\(org=\\?( AND ${column}[<>]\\?){1,2}\\)`));
        expect(steps).toHaveLength(2);
      }
    },
  );

  test.each(USER_SORTS)("of a page by %s beside its version sorts and scans no more", async (sort) => {
    const key = sort.endsWith("name") ? "ada" : 7;
    for (const place of [null, { ...after, key }]) {
      const plan = await planOf(pageStatement("org_a", argsOf({ sort, after: place }), 4));
      expect(plan.filter((step) => /SCAN (?!\(subquery-\d+\))|TEMP B-TREE/.test(step))).toEqual([]);
    }
  });

  test("is of the statement with its values, whichever was built first", () => {
    const last = String.fromCodePoint(0x10_ff_ff);
    for (const round of [1, 2]) {
      for (const sort of USER_SORTS)
        for (const prefix of ["", `ad${round}`, last])
          for (const activeSince of [null, round])
            for (const place of [null, { key: `k${round}`, number: round }])
              for (const known of [null, 0, round]) {
                const args = argsOf({ sort, prefix, activeSince, after: place, limit: 50 + round });
                const walk = walkQuery(changedOrg(`org_${round}`, known), args, args.limit + 1);
                const whole = withVersion(`org_${round}`, packedUsers(walk));
                const page = pageStatement(`org_${round}`, args, known);
                expect(withValues(page)).toEqual(withValues(built(whole)));
              }
    }
  });

  test("of a write, and of what answers are checked by, goes by keys", async () => {
    const { db } = openMemoryDeps(t.platform);
    const writer = { orgId: "org_a", keyId: "", now: 1 };
    const plans = await Promise.all([
      planOf(upsertUsersQuery(writer, [{ id: "a", name: null, createdAt: 1 }])),
      planOf(userQuery("org_a", "a")),
      planOf(versionQuery(db, "org_a").getSQL()),
      planOf(settingsQuery(db, "org_a").getSQL()),
      planOf(updateQuery("org_a", { retentionDays: 40 })),
      planOf(bumpVersionStatement(db, "org_a", 1).getSQL()),
    ]);
    expect(plans.flat().filter((step) => /SCAN (?!row\b)|TEMP B-TREE/.test(step))).toEqual([]);
  });

  test.each(USER_SORTS)("of a filtered page by %s reads indexes within their bounds alone", async (sort) => {
    const args = argsOf({ sort, prefix: "ad", activeSince: 5 });
    const other = otherFilterOf(args);
    if (other === null) throw new Error("no other filter");
    const plans = await Promise.all([
      planOf(matchesQuery(org, other, args)),
      planOf(sortedMatchesQuery(org, other, args)),
      planOf(filteredWalkQuery(org, other, args)),
    ]);
    expect(plans.flat().filter((step) => /SCAN (?!\(subquery-\d+\)|\d)/.test(step))).toEqual([]);
    const isSorting = plans.map((plan) => plan.some((step) => step.includes("TEMP B-TREE")));
    expect(isSorting).toEqual([false, true, false]);
    for (const step of plans.flat().filter((one) => one.includes("org_users_by_")))
      expect(step).toMatch(/\(org=\?( AND \(?\w+(,rowid)?\)?[<>]=?\(?\?)?/);
  });
});
