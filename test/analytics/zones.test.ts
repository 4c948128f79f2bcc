import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { DAY_MS, QUARTER_MS } from "../../src/domain/event.ts";
import { pointsOf, startQuarterOf } from "../../src/domain/interval.ts";
import { daysOf, type DayMask } from "../../src/domain/interval-masks.ts";
import { localDayOf, openZone, startOfLocalDay, toZonedRfc3339, type Zone } from "../../src/domain/zone.ts";

function zoneOf(name: string): Zone {
  const zone = openZone(name);
  if (zone === null) throw new Error(`The engine does not know "${name}"`);
  return zone;
}

function dayOf(date: string): number {
  return Date.parse(date) / DAY_MS;
}

function spanOf(zone: Zone, first: string, end: string) {
  return { from: startQuarterOf(zone, dayOf(first)), to: startQuarterOf(zone, dayOf(end)) };
}

function startsOf(name: string, first: string, end: string, interval: "hour" | "day" | "week" | "month") {
  const zone = zoneOf(name);
  const points = pointsOf(zone, spanOf(zone, first, end), interval);
  return points.map(({ from }) => toZonedRfc3339(zone, from * QUARTER_MS));
}

/** Hours that each day of the span has. */
function hoursOfDays(name: string, first: string, end: string): number[] {
  const zone = zoneOf(name);
  return pointsOf(zone, spanOf(zone, first, end), "day").map(({ from, to }) => (to - from) / 4);
}

test.each(["", "Mars/Base", "+05:45", "Europe/Berlin; DROP", "Europe//Berlin", "a".repeat(65), "GMT+5 "])(
  "%j is no zone",
  (name) => expect(openZone(name)).toBeNull(),
);

test("a zone has one name, whatever it is asked by", () => {
  expect(zoneOf("us/eastern").name).toBe("America/New_York");
  expect(zoneOf("UTC").name).toBe("UTC");
});

describe("against Temporal", () => {
  test("every day of 2010 to 2030 starts at the same instant in every zone", () => {
    const step = 41;
    for (const name of Intl.supportedValuesOf("timeZone").filter((_, index) => index % 3 === 0)) {
      const zone = zoneOf(name);
      for (let day = dayOf("2010-01-01"); day < dayOf("2030-01-01"); day += step) {
        const date = Temporal.PlainDate.from("1970-01-01").add({ days: day });
        const started = date.toZonedDateTime(name).epochMilliseconds;
        expect([name, String(date), startOfLocalDay(zone, day)]).toEqual([name, String(date), started]);
        expect(localDayOf(zone, started)).toBe(day);
      }
    }
  });

  const changing = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
  ];
  const odd = ["Australia/Adelaide", "America/St_Johns", "Pacific/Chatham", "Asia/Beirut", "America/Havana"];
  test.each([...changing, ...odd])("every single day of 2025 in %s", (name) => {
    const zone = zoneOf(name);
    for (let day = dayOf("2025-01-01"); day < dayOf("2026-01-01"); day++) {
      const date = Temporal.PlainDate.from("1970-01-01").add({ days: day });
      expect(startOfLocalDay(zone, day)).toBe(date.toZonedDateTime(name).epochMilliseconds);
    }
  });
});

describe("days", () => {
  test("have 23 and 25 hours where the clocks change", () => {
    expect(hoursOfDays("Europe/Berlin", "2026-03-28", "2026-03-31")).toEqual([24, 23, 24]);
    expect(hoursOfDays("America/New_York", "2026-10-31", "2026-11-03")).toEqual([24, 25, 24]);
    expect(hoursOfDays("Australia/Lord_Howe", "2026-04-04", "2026-04-07")).toEqual([24, 24.5, 24]);
    expect(hoursOfDays("Australia/Lord_Howe", "2026-10-03", "2026-10-06")).toEqual([24, 23.5, 24]);
  });

  test("that have no midnight begin where the clock lands", () => {
    const starts = startsOf("Africa/Cairo", "2026-04-23", "2026-04-26", "day");
    expect(starts[1]).toBe("2026-04-24T01:00:00+03:00");
  });

  test("that have two midnights begin at the first", () => {
    const starts = startsOf("America/Havana", "2026-10-31", "2026-11-03", "day");
    expect(starts[1]).toBe("2026-11-01T00:00:00-04:00");
  });

  test("that the calendar skips have no point", () => {
    const starts = startsOf("Pacific/Apia", "2011-12-28", "2012-01-02", "day");
    expect(starts.map((start) => start.slice(0, 10))).toEqual([
      "2011-12-28",
      "2011-12-29",
      "2011-12-31",
      "2012-01-01",
    ]);
  });

  test("of quarter-hour zones begin at their own midnight", () => {
    expect(startsOf("Asia/Kathmandu", "2026-01-01", "2026-01-02", "day")).toEqual([
      "2026-01-01T00:00:00+05:45",
    ]);
    expect(startsOf("Australia/Adelaide", "2026-01-01", "2026-01-02", "day")).toEqual([
      "2026-01-01T00:00:00+10:30",
    ]);
  });
});

describe("hours", () => {
  test("that are repeated are two points, those that are left out none", () => {
    const autumn = startsOf("Europe/Berlin", "2026-10-25", "2026-10-26", "hour");
    expect(autumn).toHaveLength(25);
    expect(autumn.slice(2, 4)).toEqual(["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]);
    const spring = startsOf("Europe/Berlin", "2026-03-29", "2026-03-30", "hour");
    expect(spring).toHaveLength(23);
    expect(spring.slice(1, 3)).toEqual(["2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00"]);
  });

  test("of Lord Howe have 30 and 90 minutes where its clocks change by 30", () => {
    const zone = zoneOf("Australia/Lord_Howe");
    const lengths = (first: string, end: string) =>
      pointsOf(zone, spanOf(zone, first, end), "hour").map(({ from, to }) => to - from);
    expect(lengths("2026-10-04", "2026-10-05")).toEqual([4, 4, 2, ...Array(21).fill(4)]);
    expect(lengths("2026-04-05", "2026-04-06")).toEqual([4, 6, ...Array(22).fill(4)]);
  });
});

test("weeks begin on Monday, months on the first; what is cut off is no whole unit", () => {
  const zone = zoneOf("Asia/Kathmandu");
  const weeks = pointsOf(zone, spanOf(zone, "2026-01-01", "2026-01-20"), "week");
  expect(weeks.map(({ unit }) => unit)).toEqual([null, dayOf("2026-01-05"), dayOf("2026-01-12"), null]);
  const months = pointsOf(zone, spanOf(zone, "2025-12-15", "2026-03-01"), "month");
  expect(months.map(({ unit }) => unit)).toEqual([null, 56 * 12, 56 * 12 + 1]);
  expect(startsOf("UTC", "2025-12-15", "2026-03-01", "month")[2]).toBe("2026-02-01T00:00:00+00:00");
});

function quartersIn(day: number, { morning, evening }: DayMask): number[] {
  const quarters = Array.from({ length: 96 }, (_, bit) => bit);
  const isSet = (bit: number) => Math.floor((bit < 48 ? morning : evening) / 2 ** (bit % 48)) % 2 === 1;
  return quarters.filter(isSet).map((bit) => day * 96 + bit);
}

test.each([
  [0, 96],
  [40, 60],
  [47, 48],
  [95, 97],
  [96, 97],
  [1_000, 1_000 + 25 * 4],
  [2_000, 2_000 + 300],
])("masks take each quarter from %i to %i once", (from, to) => {
  const { first, last, firstMask, lastMask } = daysOf({ from, to });
  const quarters = quartersIn(first, firstMask);
  for (let day = first + 1; day < last; day++) {
    for (let bit = 0; bit < 96; bit++) quarters.push(day * 96 + bit);
  }
  if (last > first) quarters.push(...quartersIn(last, lastMask));
  else expect(lastMask).toEqual(firstMask);
  expect(quarters).toEqual(Array.from({ length: to - from }, (_, index) => from + index));
});
