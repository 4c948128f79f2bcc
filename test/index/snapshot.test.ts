import { describe, expect, it } from "vitest";
import { search } from "../../src/index/search.ts";
import { applyChanges, createSnapshot, tombstone } from "../../src/index/snapshot.ts";
import { SegmentError } from "../../src/index/segment.ts";
import { found, product, segmentOf, snapshotOf } from "./fixtures.ts";
import { Random, randomProduct, request } from "./random.ts";

const EMPTY = createSnapshot({ version: "0", segments: [] });

describe("applyChanges", () => {
  it("leaves the snapshot it begins with as it was", () => {
    const before = snapshotOf([product("a", { title: "old lamp" })]);
    const after = applyChanges(before, { upserts: [product("a", { title: "new lamp" })], deletes: [] }, "2");
    expect(found(before, "lamp")).toEqual(["old lamp"]);
    expect(found(after, "lamp")).toEqual(["new lamp"]);
    expect([after.version, after.liveCount]).toEqual(["2", 1]);
  });

  it("deletes what lives in a base segment or in memory, and ignores what does not exist", () => {
    const base = snapshotOf([product("a", { title: "lamp" }), product("b", { title: "lamp" })]);
    const added = applyChanges(base, { upserts: [product("c", { title: "lamp" })], deletes: [] }, "2");
    const gone = applyChanges(added, { upserts: [], deletes: ["a", "c", "z", "__proto__"] }, "3");
    expect(search(gone, request("lamp")).hits.map(({ id }) => id)).toEqual(["b"]);
    expect(gone.liveCount).toBe(1);
  });

  it("takes the later of two upserts of one id, and a delete over an upsert", () => {
    const upserts = [
      product("a", { title: "one" }),
      product("a", { title: "two" }),
      product("b", { title: "two" }),
    ];
    expect(found(applyChanges(EMPTY, { upserts, deletes: ["b"] }, "1"), "")).toEqual(["two"]);
  });

  it("stays cheap over thousands of changes", () => {
    const random = new Random(1);
    const many = Array.from({ length: 2_000 }, (_, i) => randomProduct(random, `p${i}`));
    let snapshot = applyChanges(EMPTY, { upserts: many, deletes: [] }, "0");
    const times: number[] = [];
    for (let i = 0; i < 400; i++) {
      const started = performance.now();
      snapshot = applyChanges(
        snapshot,
        { upserts: [randomProduct(random, `q${i}`)], deletes: [`p${i}`] },
        String(i),
      );
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    expect(snapshot.liveCount).toBe(2_000);
    expect(snapshot.segments.length).toBeLessThan(32);
    expect(times[times.length >> 1]).toBeLessThan(5);
  });
});

describe("tombstones", () => {
  it("adds to those there are, without changing them", () => {
    const segment = segmentOf([product("a"), product("b"), product("c")]);
    const first = tombstone(segment, null, ["a", "nowhere"]);
    const second = tombstone(segment, first, ["c"]);
    expect([...first, ...second]).toEqual([0b001, 0b101]);
  });

  it("are refused where they are of another segment", () => {
    const segment = segmentOf([product("a")]);
    expect(() => createSnapshot({ version: "1", segments: [{ segment, dead: new Uint8Array(9) }] })).toThrow(
      SegmentError,
    );
  });
});
