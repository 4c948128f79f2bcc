import { describe, expect, it } from "vitest";
import { jobPoint, requestPoint } from "../../../src/domain/metrics/data-point.ts";
import type { DataPoint } from "../../../src/domain/metrics/data-point.ts";
import type { DataPoints } from "../../../src/ports/data-points.ts";

const REQUEST = requestPoint({
  method: "GET",
  route: "/v1/products/:id",
  status: 200,
  cache: "hit",
  indexVersion: null,
  ms: 1.5,
  dbTrips: 1,
  dbMs: 0.5,
  rowsRead: 20,
  rowsWritten: 0,
  kv: 2,
  blobs: 0,
  messages: 1,
  searchMs: null,
});
const JOB = jobPoint({ kind: "events.fold", outcome: "done", ms: 12, ageMs: 300 });

const HOSTILE: [string, DataPoint][] = [
  ["a long index", { index: "/é€😀".repeat(100), texts: [], numbers: [] }],
  ["long texts", { index: "i", texts: Array.from({ length: 20 }, () => "€".repeat(9_000)), numbers: [] }],
  ["half a character", { index: "\ud800", texts: ["\udfff"], numbers: [] }],
  ["many columns", { index: "i", texts: Array.from({ length: 50 }, String), numbers: Array(50).fill(1) }],
  ["no numbers", { index: "i", texts: ["t"], numbers: [NaN, Infinity, -Infinity] }],
  ["nothing", { index: "", texts: [], numbers: [] }],
];

/** What takes points must do. `read` gives what it has taken. */
export function dataPointsContract(
  name: string,
  open: () => { points: DataPoints; read(): readonly DataPoint[] },
): void {
  describe(`data points: ${name}`, () => {
    it("keeps a request and a job as they are, in their order", () => {
      const { points, read } = open();
      points.write(REQUEST);
      points.write(JOB);
      expect(read()).toEqual([REQUEST, JOB]);
    });

    it.each(HOSTILE)("takes %s, cut at most", (_, point) => {
      const { points, read } = open();
      points.write(point);
      const [kept] = read();
      expect(point.index.toWellFormed().startsWith(kept.index.toWellFormed())).toBe(true);
      kept.texts.forEach((text, i) => {
        expect(point.texts[i].toWellFormed().startsWith(text.toWellFormed())).toBe(true);
      });
      expect(kept.numbers.length).toBeLessThanOrEqual(point.numbers.length);
    });
  });
}
