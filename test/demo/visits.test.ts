import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateDemoProducts } from "../../cli/demo/generate.ts";
import { generateDemoUsers } from "../../cli/demo/people/generate.ts";
import { generateDemoVisits, type WireEvent } from "../../cli/demo/visits/generate.ts";

const UNTIL = Date.parse("2026-11-23T02:00:00Z");
const DAY_MS = 86_400_000;

const users = generateDemoUsers();
const events = [...generateDemoVisits({ users, until: UNTIL, count: 60_000 })];
const people = events.filter((event) => event.user_agent === undefined);

function digest(items: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(items)).digest("hex").slice(0, 16);
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function count(of: (event: WireEvent) => boolean): number {
  return people.filter(of).length;
}

describe("demo users", () => {
  test("are the same on every machine, and others with another seed", () => {
    expect(digest(users)).toBe("f6d643d4763411c5");
    const other = generateDemoUsers({ seed: 2 });
    expect(other.map(({ id }) => id)).toEqual(users.map(({ id }) => id));
    expect(other.filter(({ name }, i) => name === users[i].name).length).toBeLessThan(20);
  });

  test("have names of their own, from many parts of the world", () => {
    expect(users).toHaveLength(400);
    expect(new Set(users.map(({ name }) => name)).size).toBe(400);
    for (const { name } of users) expect(name).toMatch(/^\p{Lu}[^_{}]+ [^_{}]+$/u);
    expect(new Set(users.map(({ offset }) => offset)).size).toBeGreaterThan(12);
    expect(users.some(({ offset }) => offset % 60 !== 0)).toBe(true);
  });
});

describe("demo visits", () => {
  test("are the same on every machine", () => {
    expect(digest(events.slice(0, 20_000))).toBe("4bbc5e19d739b37a");
  });

  test("generated again later on the same day have the ids they had, and only add to them", () => {
    const [day] = new Date(UNTIL).toISOString().split("T");
    const ofDay = (all: readonly WireEvent[]): Map<string, WireEvent> =>
      new Map(
        all.filter(({ at, id }) => at.startsWith(`${day}T`) && !id.includes("live")).map((e) => [e.id, e]),
      );
    const later = ofDay([...generateDemoVisits({ users, until: UNTIL + 6 * 3_600_000, count: 60_000 })]);
    const before = ofDay(events);
    for (const [id, event] of before) expect(later.get(id)).toEqual(event);
    expect(later.size).toBeGreaterThan(before.size);
  });

  test("loaded before are left out", () => {
    const since = UNTIL - 5 * DAY_MS;
    const rest = [...generateDemoVisits({ users, until: UNTIL, since, count: 60_000 })];
    expect(rest).toEqual(events.filter(({ at }) => Date.parse(at) > since));
  });

  test("are about as many as asked for, over 390 days, none in the future, each id once", () => {
    expect(Math.abs(events.length - 60_000)).toBeLessThan(3_000);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const times = events.map(({ at }) => Date.parse(at));
    expect(Math.max(...times)).toBeLessThanOrEqual(UNTIL);
    expect(UNTIL - Math.min(...times)).toBeGreaterThan(388 * DAY_MS);
    expect(UNTIL - Math.min(...times)).toBeLessThan(392 * DAY_MS);
  });

  test("grow, rest at weekends and at night, and peak in a campaign", () => {
    const byDay = countBy(people.map(({ at }) => at.slice(0, 10)));
    const [busiest, most] = [...byDay].toSorted((a, b) => b[1] - a[1])[0];
    expect(busiest).toBe("2026-09-09");
    expect(most / (people.length / 390)).toBeGreaterThan(2.5);
    const month = (name: string): number => count(({ at }) => at.startsWith(name));
    expect(month("2026-10") / month("2026-01")).toBeGreaterThan(1.4);
    const weekday = (...days: number[]): number => count(({ at }) => days.includes(new Date(at).getUTCDay()));
    expect(weekday(2, 3) / weekday(6, 0)).toBeGreaterThan(1.2);
    const home = new Set(users.filter(({ offset }) => offset === 60).map(({ id }) => id));
    const hour = (...hours: number[]): number =>
      count(({ at, user_id }) => home.has(user_id) && hours.includes(new Date(at).getUTCHours()));
    expect(hour(18, 19, 20) / Math.max(1, hour(1, 2, 3))).toBeGreaterThan(8);
  });

  test("look at products of the demo shop, sign in, buy, and come from somewhere", () => {
    const products = new Set([...generateDemoProducts({ count: 300 })].map(({ id }) => `/p/${id}`));
    expect(events.filter(({ type, path }) => (path === undefined) === (type === "page_view"))).toEqual([]);
    const paths = new Set(events.flatMap(({ path }) => path ?? []));
    expect([...paths].filter((path) => path !== "/" && !products.has(path))).toEqual([]);
    const types = countBy(people.map(({ type }) => type));
    for (const type of ["login", "activity"]) expect(types.get(type)).toBeGreaterThan(people.length * 0.05);
    expect(new Set(events.flatMap(({ referrer }) => referrer ?? [])).size).toBeGreaterThan(6);
    const ids = new Set(users.map(({ id }) => id));
    expect(people.filter(({ user_id }) => !ids.has(user_id))).toEqual([]);
  });

  test("have machines among them, a few in a hundred", () => {
    const share = 1 - people.length / events.length;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.08);
  });

  test("leave the last half hour of no day empty", () => {
    for (const hour of [0, 4, 9, 15, 21]) {
      const until = Date.parse("2026-11-22T00:10:00Z") + hour * 3_600_000;
      const recent = [...generateDemoVisits({ users, until, count: 2_000 })].filter(
        ({ at }) => Date.parse(at) > until - 1_800_000,
      );
      expect(new Set(recent.map(({ at }) => at.slice(0, 16))).size).toBeGreaterThan(10);
    }
  });

  test("of nobody are none", () => {
    expect([...generateDemoVisits({ users: [], until: UNTIL })]).toEqual([]);
  });
});
