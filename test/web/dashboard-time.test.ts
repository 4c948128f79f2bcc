import { describe, expect, it } from "vitest";
import { QUARTER_MS } from "../../src/domain/event.ts";
import { openZone, toZonedRfc3339 } from "../../src/domain/zone.ts";
import { ago, bucketName, changeOf, clockIn, dateRange, exactTime } from "../../src/web/dashboard/format.ts";
import { lastDate } from "../../src/web/dashboard/last-date.ts";
import { addDays, addMonths, dateIn, localTimeOf, startOfDate } from "../../src/web/dashboard/local-time.ts";
import { timeTicks } from "../../src/web/dashboard/time-ticks.ts";

/** Starts of the hours of a zone from a date on, as the API writes them. */
function hoursOf(zoneName: string, date: string, count: number): string[] {
  const zone = openZone(zoneName);
  if (zone === null) throw new Error(`No zone "${zoneName}"`);
  const first = Date.parse(startOfDate(date, zoneName));
  return Array.from({ length: count }, (_, index) => toZonedRfc3339(zone, first + index * 4 * QUARTER_MS));
}

function daysFrom(date: string, count: number, offset = "Z"): string[] {
  return Array.from({ length: count }, (_, index) => `${addDays(date, index)}T00:00:00${offset}`);
}

const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);

describe("labels of a time axis", () => {
  it("are hours within a day, and the date where it begins", () => {
    const ticks = timeTicks(hoursOf("Europe/Berlin", "2026-03-03", 24), "hour", 8);
    expect(labels(ticks)).toEqual(["3 Mar", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"]);
  });

  it("keep to the clock on days of 23 and 25 hours", () => {
    const spring = timeTicks(hoursOf("Europe/Berlin", "2026-03-29", 23), "hour", 8);
    expect(spring.map(({ index }) => index)).toEqual([0, 2, 5, 8, 11, 14, 17, 20]);
    expect(labels(spring)[1]).toBe("03:00");
    const autumn = timeTicks(hoursOf("Europe/Berlin", "2026-10-25", 25), "hour", 8);
    expect(labels(autumn)).toEqual(labels(spring).with(0, "25 Oct"));
    expect(autumn[1].index).toBe(4);
  });

  it("name a day that has no midnight once, by its first hour", () => {
    const ticks = timeTicks(hoursOf("Asia/Beirut", "2026-03-28", 47), "hour", 3);
    expect(ticks).toEqual([
      { index: 0, label: "28 Mar" },
      { index: 24, label: "29 Mar" },
    ]);
    expect(hoursOf("Asia/Beirut", "2026-03-28", 47)[24]).toContain("T01:00:00");
  });

  it("hold in zones of three quarters of an hour", () => {
    const ticks = timeTicks(hoursOf("Asia/Kathmandu", "2026-01-01", 48), "hour", 8);
    expect(labels(ticks)).toEqual(["1 Jan", "06:00", "12:00", "18:00", "2 Jan", "06:00", "12:00", "18:00"]);
  });

  it("are days, then Mondays, then firsts of months, as there are more of them", () => {
    expect(labels(timeTicks(daysFrom("2026-03-03", 5), "day", 8))).toEqual([
      "3 Mar",
      "4 Mar",
      "5 Mar",
      "6 Mar",
      "7 Mar",
    ]);
    const mondays = timeTicks(daysFrom("2026-03-03", 30, "+01:00"), "day", 8);
    expect(labels(mondays)).toEqual(["9 Mar", "16 Mar", "23 Mar", "30 Mar"]);
    const quarter = timeTicks(daysFrom("2026-01-03", 90), "day", 8);
    expect(labels(quarter)).toEqual(["15 Jan", "1 Feb", "15 Feb", "1 Mar", "15 Mar", "1 Apr"]);
    const year = timeTicks(daysFrom("2025-04-01", 365), "day", 8);
    expect(labels(year)).toEqual(["1 Apr", "1 Jul", "1 Oct", "Jan 2026"]);
  });

  it("are months with the year where it begins", () => {
    const months = Array.from({ length: 12 }, (_, index) => `${addMonths("2025-04-01", index)}T00:00:00Z`);
    expect(labels(timeTicks(months, "month", 14)).slice(7, 11)).toEqual(["Nov", "Dec", "2026", "Feb"]);
    expect(labels(timeTicks(months, "month", 5))).toEqual(["Apr", "Jul", "Oct", "2026"]);
  });

  it("are never more than there is room for, nor none", () => {
    for (let count = 1; count < 420; count += 7) {
      const ticks = timeTicks(daysFrom("2024-11-05", count), "day", 8);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(8);
    }
    expect(timeTicks([], "day", 8)).toEqual([]);
  });
});

describe("dates", () => {
  it("are read as the zone's clock shows them", () => {
    expect(localTimeOf("2026-03-29T23:45:00+05:45")).toEqual({
      year: 2026,
      month: 3,
      day: 29,
      hour: 23,
      minute: 45,
      weekday: 6,
    });
  });

  it("add days and months over their ends", () => {
    expect(addDays("2026-02-27", 3)).toBe("2026-03-02");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
  });

  it("are those of the zone, and begin there", () => {
    const at = Date.UTC(2026, 0, 1, 23, 30);
    expect([dateIn("UTC", at), dateIn("Asia/Tokyo", at), dateIn("No/Where", at)]).toEqual([
      "2026-01-01",
      "2026-01-02",
      "2026-01-01",
    ]);
    expect(startOfDate("2026-07-01", "America/New_York")).toBe("2026-07-01T04:00:00.000Z");
    expect(startOfDate("2026-07-01", "No/Where")).toBe("2026-07-01T00:00:00.000Z");
  });

  it("end a range on the last day that belongs to it", () => {
    expect(lastDate("2026-03-31")).toBe("2026-03-31");
    expect(lastDate("2026-04-01T00:00:00+02:00")).toBe("2026-03-31");
    expect(lastDate("2026-04-01T12:00:00+02:00")).toBe("2026-04-01");
  });
});

describe("words", () => {
  it("name ranges without saying anything twice", () => {
    expect(dateRange("2026-03-02", "2026-03-31")).toBe("2–31 Mar 2026");
    expect(dateRange("2026-02-02", "2026-03-01")).toBe("2 Feb – 1 Mar 2026");
    expect(dateRange("2025-12-02", "2026-03-01")).toBe("2 Dec 2025 – 1 Mar 2026");
    expect(dateRange("2026-03-02", "2026-03-02")).toBe("2 Mar 2026");
  });

  it("name points by their interval", () => {
    const start = "2026-03-03T14:00:00+01:00";
    expect(
      (["hour", "day", "week", "month"] as const).map((interval) => bucketName(start, interval)),
    ).toEqual(["Tue, 3 Mar 2026, 14:00", "Tue, 3 Mar 2026", "Week of 3 Mar 2026", "Mar 2026"]);
  });

  it("say a change, and where there is nothing to compare", () => {
    expect(changeOf(112, 100)).toEqual({ direction: "up", amount: "12%" });
    expect(changeOf(0, 8)).toEqual({ direction: "down", amount: "100%" });
    expect(changeOf(5, 5)).toEqual({ direction: "same", amount: "" });
    expect(changeOf(5, 0)).toEqual({ direction: "new", amount: "" });
    expect(changeOf(null, 3)).toBeNull();
    expect(changeOf(50_000, 10)).toEqual({ direction: "up", amount: "499,900%" });
  });

  it("say how long ago, also for a clock that went back", () => {
    const now = Date.UTC(2026, 2, 3);
    expect([-5_000, 30_000, 61_000, 7_200_000, 90_000_000].map((passed) => ago(now - passed, now))).toEqual([
      "just now",
      "just now",
      "1 minute ago",
      "2 hours ago",
      "yesterday",
    ]);
  });

  it("say the exact time in the zone, and in UTC where it is not known", () => {
    expect(exactTime("2026-03-03T13:05:09Z", "Asia/Kathmandu")).toBe("3 Mar 2026, 18:50:09 (Asia/Kathmandu)");
    expect(exactTime("2026-03-03T13:05:09Z", "No/Where")).toContain("(UTC)");
    expect(clockIn("2026-03-03T23:30:00Z", "Europe/Berlin")).toBe("00:30");
  });
});
