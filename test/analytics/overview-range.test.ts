import { describe, expect, test } from "vitest";
import { AppError } from "../../src/domain/errors.ts";
import { QUARTER_MS } from "../../src/domain/event.ts";
import { comparedRange, intervalOf, parseRange, type Range } from "../../src/domain/interval-range.ts";
import { openZone, toZonedRfc3339, type Zone } from "../../src/domain/zone.ts";

const NOW = Date.parse("2026-03-15T22:30:00Z");

function zoneOf(name: string): Zone {
  const zone = openZone(name);
  if (zone === null) throw new Error(name);
  return zone;
}

const BERLIN = zoneOf("Europe/Berlin");

function parse(from: string | null, to: string | null, zone = BERLIN): Range {
  return parseRange(zone, { from, to }, NOW);
}

function said({ from, to }: Range, zone = BERLIN): string[] {
  return [from, to].map((quarter) => toZonedRfc3339(zone, quarter * QUARTER_MS));
}

function refusalOf(work: () => unknown): { status: number; errors: unknown } {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return { status: error.status, errors: error.facts.errors };
    throw error;
  }
  throw new Error("It was taken");
}

describe("a range", () => {
  test("is the last 30 days in the zone by default", () => {
    expect(said(parse(null, null))).toEqual(["2026-02-14T00:00:00+01:00", "2026-03-16T00:00:00+01:00"]);
    const kathmandu = zoneOf("Asia/Kathmandu");
    expect(said(parse(null, null, kathmandu), kathmandu)).toEqual([
      "2026-02-15T00:00:00+05:45",
      "2026-03-17T00:00:00+05:45",
    ]);
  });

  test("holds the last date that it names", () =>
    expect(said(parse("2026-03-01", "2026-03-31"))).toEqual([
      "2026-03-01T00:00:00+01:00",
      "2026-04-01T00:00:00+02:00",
    ]));

  test("of instants ends before the second, and is widened to quarters", () =>
    expect(said(parse("2026-03-01T10:07:00Z", "2026-03-01T12:31:00+01:00"))).toEqual([
      "2026-03-01T11:00:00+01:00",
      "2026-03-01T12:45:00+01:00",
    ]));

  test("of a date that the calendar skips is empty", () => {
    const samoa = zoneOf("Pacific/Apia");
    expect(refusalOf(() => parse("2011-12-30", "2011-12-30", samoa)).status).toBe(400);
  });

  test.each([
    ["2026-02-30", "2026-03-31", "from"],
    ["yesterday", null, "from"],
    ["2026-03-01", "2026-3-5", "to"],
    ["2026-03-01", "2026-03-05T10:00:00", "to"],
    ["2026-03-01T25:00:00Z", null, "from"],
    ["2026-02-30T05:00:00Z", null, "from"],
    ["1969-12-31", null, "from"],
    ["9999-01-01", null, "from"],
    ["2026-03-05", "2026-03-04", "to"],
    ["2026-03-05T10:00:00Z", "2026-03-05T10:00:00Z", "to"],
    ["2026-03-17", null, "from"],
    ["", null, "from"],
  ])("from %j to %j is refused at %s", (from, to, path) => {
    expect(refusalOf(() => parse(from, to))).toMatchObject({ status: 400, errors: [{ path }] });
  });

  test("names both edges where both are wrong", () =>
    expect(refusalOf(() => parse("a", "b")).errors).toMatchObject([{ path: "from" }, { path: "to" }]));
});

describe("an interval", () => {
  test("is chosen by the length", () => {
    expect(intervalOf(parse("2026-03-01", "2026-03-02"), null)).toBe("hour");
    expect(intervalOf(parse("2026-03-01", "2026-03-31"), null)).toBe("day");
    expect(intervalOf(parse("2025-03-01", "2026-02-28"), null)).toBe("week");
    expect(intervalOf(parse("2020-03-01", "2026-02-28"), null)).toBe("month");
  });

  test.each([
    ["hour", "2026-01-01", "2026-01-31", "2026-02-28"],
    ["day", "2025-01-01", "2026-02-04", "2026-03-31"],
    ["week", "2021-03-01", "2026-02-28", "2026-12-31"],
    ["month", "2016-03-01", "2026-02-28", "2026-12-31"],
  ] as const)("of a %s has a longest range", (interval, from, fits, long) => {
    expect(intervalOf(parse(from, fits), interval)).toBe(interval);
    const refusal = refusalOf(() => intervalOf(parse(from, long), interval));
    expect(refusal).toMatchObject({ status: 400, errors: [{ path: "interval" }] });
    expect(JSON.stringify(refusal.errors)).toContain("10 years by month");
  });

  test("is not found for a hundred years", () =>
    expect(refusalOf(() => intervalOf(parse("1970-01-01", "2069-12-31"), null)).status).toBe(400));
});

describe("a comparison", () => {
  const compared = (from: string, to: string, by: "previous" | "year", zone = BERLIN) =>
    said(comparedRange(zone, parse(from, to, zone), by), zone).map((text) => text.slice(0, 16));

  test("of days is with as many days before", () =>
    expect(compared("2026-03-10", "2026-03-12", "previous")).toEqual([
      "2026-03-07T00:00",
      "2026-03-10T00:00",
    ]));

  test("of whole months is with the months before", () => {
    expect(compared("2026-03-01", "2026-03-31", "previous")).toEqual([
      "2026-02-01T00:00",
      "2026-03-01T00:00",
    ]);
    expect(compared("2026-01-01", "2026-03-31", "previous")).toEqual([
      "2025-10-01T00:00",
      "2026-01-01T00:00",
    ]);
  });

  test("of instants is with the same time before", () =>
    expect(compared("2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z", "previous")).toEqual([
      "2026-03-28T23:30",
      "2026-03-29T01:30",
    ]));

  test("with the year before keeps dates and times of day, over changes of the clock", () => {
    expect(compared("2026-03-30", "2026-03-30", "year")).toEqual(["2025-03-30T00:00", "2025-03-31T00:00"]);
    expect(compared("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "year")).toEqual([
      "2025-06-01T12:00",
      "2025-06-01T13:00",
    ]);
    expect(compared("2024-02-29", "2024-02-29", "year")).toEqual(["2023-02-28T00:00", "2023-03-01T00:00"]);
  });

  test("with the year before of a day without a midnight is with that whole day", () =>
    expect(compared("2026-04-24", "2026-04-24", "year", zoneOf("Africa/Cairo"))).toEqual([
      "2025-04-24T00:00",
      "2025-04-25T01:00",
    ]));
});
