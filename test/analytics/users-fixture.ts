import type { InStatement } from "@libsql/client";
import { sortNameOf } from "../../src/domain/sort-name.ts";
import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { openApp, type TestApp } from "../http/open-app.ts";
import { Random } from "../index/random.ts";

export interface FixtureUser {
  id: string;
  name: string | null;
  logins: number;
  pageViews: number;
  activities: number;
  /** 0 for none. */
  lastActivity: number;
  isAnonymous: boolean;
}

export interface Item {
  id: string;
  name: string | null;
  logins: number;
  page_views: number;
  activities: number;
  last_activity: string | null;
}

export interface Page {
  items: Item[];
  next_cursor: string | null;
  as_of: string;
  rows_read: number;
}

export interface Tenants extends TestApp {
  acme: Merchant;
  rival: Merchant;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

/** The real application with two organisations; `get` asks as acme, within its `/v1/orgs/acme`. */
export async function openTenants(): Promise<Tenants> {
  const t = await openApp();
  const scopes = ["stats:read", "events:write"];
  const acme = await newMerchant(t, "acme", scopes);
  const rival = await newMerchant(t, "rival", scopes);
  const get: Tenants["get"] = (path, headers = {}) =>
    t.call(`/v1/orgs/acme${path}`, { headers: { ...acme.headers, ...headers } });
  return { ...t, acme, rival, get };
}

export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

const FIRST = ["Ada", "ADA", "ada", "Zoë", "Åsa", "🦊 Fox", "𝒵ara", "Σίσυφος", "李", "=cmd()", "%", "_", ""];
const LAST = ["", " Lovelace", " Lovelace", " O'Neill", ', "Jr"', " \u{10FFFF}", " Ünal", "‑x"];

/** Users with many ties: equal names, no names, equal counters, no activity; some are visitors. */
export function randomUsers(count: number, seed: number): FixtureUser[] {
  const random = new Random(seed);
  const upTo = (limit: number): number => random.below(limit);
  return Array.from({ length: count }, (_, i) => {
    const name = FIRST[upTo(FIRST.length)] + LAST[upTo(LAST.length)] + (upTo(3) === 0 ? ` ${upTo(40)}` : "");
    return {
      id: `user-${(i * 7919) % count}`,
      name: name.trim() === "" || upTo(10) === 0 ? null : name.trim(),
      logins: upTo(4) === 0 ? 0 : upTo(30),
      pageViews: upTo(50) === 0 ? 1_000_000 + upTo(10) : upTo(500),
      activities: upTo(20),
      lastActivity: upTo(8) === 0 ? 0 : NOW - upTo(count) * 60_000,
      isAnonymous: upTo(12) === 0,
    };
  });
}

function insertOf(orgId: string, users: readonly FixtureUser[]): InStatement {
  const rows = users.map((user) => [
    user.id,
    user.name,
    sortNameOf(user.name ?? user.id),
    user.isAnonymous ? 1 : 0,
    user.logins,
    user.pageViews,
    user.activities,
    user.lastActivity,
  ]);
  return {
    sql: `INSERT INTO org_users (org, id, name, sort_name, is_anonymous, logins, page_views, activities, last_activity, created_at)
      SELECT (SELECT number FROM organisations WHERE id = ?), value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
        value ->> 5, value ->> 6, value ->> 7, 1 FROM json_each(?)`,
    args: [orgId, JSON.stringify(rows)],
  };
}

/** Puts users into the table, as a fold leaves them: with a new version. */
export async function addUsers(t: TestApp, orgId: string, users: readonly FixtureUser[]): Promise<void> {
  const inserts: InStatement[] = [];
  for (let i = 0; i < users.length; i += 5_000) inserts.push(insertOf(orgId, users.slice(i, i + 5_000)));
  await t.platform.client.batch(inserts, "write");
  await bump(t, orgId);
}

export async function bump(t: TestApp, orgId: string): Promise<void> {
  await t.platform.client.execute({
    sql: `INSERT INTO analytics_orgs (org, version, folded_at) SELECT number, 1, ? FROM organisations WHERE id = ?
      ON CONFLICT DO UPDATE SET version = version + 1, folded_at = excluded.folded_at`,
    args: [t.platform.clock.now(), orgId],
  });
}

/** All pages from the first on. */
export async function walkPages(t: Tenants, query: string, between?: () => Promise<void>): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const response = await t.get(`/users?${query}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    if (response.status !== 200) throw new Error(`${query}: ${await response.text()}`);
    const page = (await response.json()) as Page;
    pages.push(page);
    cursor = page.next_cursor;
    await between?.();
  }
  return pages;
}
