import { describe, expect, it } from "vitest";
import {
  dashboardHref,
  hiddenFields,
  isFormSubmission,
  overviewParams,
  parseDashboardQuery,
  rangeDates,
  STANDARD,
  usersParams,
} from "../../src/web/dashboard/query.ts";
import { nextSort } from "../../src/web/dashboard/users-table.tsx";
import { shadeOf } from "../../src/web/dashboard/retention.tsx";

const parse = (search: string) => parseDashboardQuery(new URLSearchParams(search));

describe("the address of a dashboard", () => {
  it("says nothing that goes without saying", () => {
    expect(parse("")).toEqual(STANDARD);
    expect(dashboardHref("acme", STANDARD)).toBe("/orgs/acme");
    expect(dashboardHref("acme", STANDARD, "#users")).toBe("/orgs/acme#users");
  });

  it("is read as it was written", () => {
    const search =
      "?from=2026-01-01&to=2026-01-31&tz=Asia%2FKathmandu&interval=week&compare=year&metric=logins&sort=name&q=ad+a&active=7d&cursor=x";
    expect(dashboardHref("a c", parse(search))).toBe(`/orgs/a%20c${search}`);
  });

  it("takes what it does not know as the standard", () => {
    expect(
      parse("range=100y&interval=second&compare=me&metric=__proto__&sort=password&active=x&from=2026-01-01"),
    ).toEqual(STANDARD);
    expect(parse("from=yesterday&to=2026-01-01").from).toBe("");
    expect(parse(`q=${"x".repeat(900)}`).q).toHaveLength(200);
  });

  it("is shortened from what forms send", () => {
    const url = (search: string) => new URL(`https://shop.example/orgs/acme${search}`);
    expect(isFormSubmission("acme", url("?q=&active=&tz="))).toBe(true);
    expect(isFormSubmission("acme", url("?range=7d"))).toBe(false);
    expect(isFormSubmission("acme", url(""))).toBe(false);
  });

  it("keeps in forms what they do not ask for, but not the page of users", () => {
    const query = { ...STANDARD, range: "7d", q: "ad", cursor: "x" } as const;
    expect(hiddenFields(query, ["q"])).toEqual([["range", "7d"]]);
  });
});

describe("what is asked of the API", () => {
  it("are the dates of the range, or none for the standard's", () => {
    const ask = (change: object) => overviewParams({ ...STANDARD, ...change }, "2026-03-31").toString();
    expect(ask({})).toBe("compare=previous");
    expect(ask({ range: "7d", compare: "none" })).toBe("from=2026-03-25&to=2026-03-31");
    expect(ask({ range: "12m", interval: "month", tz: "UTC", compare: "year" })).toBe(
      "from=2025-04-01&to=2026-03-31&tz=UTC&interval=month&compare=year",
    );
    expect(rangeDates(STANDARD, "2026-03-31")).toEqual({ from: "2026-03-02", to: "2026-03-31" });
  });

  it("are users since a midnight of the zone, so that pages of one list agree", () => {
    const query = { ...STANDARD, q: "ad", active: "7d", cursor: "c" } as const;
    const at = Date.UTC(2026, 2, 31, 20);
    expect(usersParams(query, "Asia/Tokyo", at).toString()).toBe(
      "sort=-last_activity&q=ad&active_since=2026-03-25T15%3A00%3A00.000Z&cursor=c",
    );
    expect(usersParams(query, "Asia/Tokyo", at + 3_600_000).toString()).toBe(
      usersParams(query, "Asia/Tokyo", at).toString(),
    );
  });
});

describe("the order of the users", () => {
  it("begins with A for names and with the greatest for numbers, and turns at the second time", () => {
    expect(nextSort("-logins", "name")).toBe("name");
    expect(nextSort("name", "name")).toBe("-name");
    expect(nextSort("name", "logins")).toBe("-logins");
    expect(nextSort("-logins", "logins")).toBe("logins");
  });
});

describe("the shades of retention", () => {
  it("go from none to all", () => {
    expect([0, 0.09, 0.1, 0.55, 1, 1.2, -1].map(shadeOf)).toEqual([0, 0, 1, 5, 9, 9, 0]);
  });
});
