import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Importing, ndjson, rejectedLines } from "./importing.ts";

let place: Importing;
beforeEach(async () => {
  place = await Importing.open();
});
afterEach(() => place.close());

describe("vitrine import with bad input", () => {
  it("keeps every rejected line with its reason and its number in the file, in order", async () => {
    const lines = [
      '{"id": "1", "title": "ok"}',
      "",
      "{broken",
      "[1]",
      '{"id": "2"}',
      '{"id": "3", "title": "ok", "price": "x"}',
    ];
    const file = place.write(
      "a.jsonl",
      Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), Buffer.from([0xff, 0x0a])]),
    );
    const ran = await place.run(file, ["--map", "price=price:cents", "--map", "currency=USD"]);
    expect(ran).toMatchObject({ code: 3, out: expect.stringContaining("1 accepted, 5 rejected") });
    expect(rejectedLines(file).map(({ line, code }) => [line, code])).toEqual([
      [3, "bad_json"],
      [4, "not_an_object"],
      [5, "invalid_product"],
      [6, "bad_value"],
      [7, "bad_encoding"],
    ]);
    expect(rejectedLines(file)[2]).toMatchObject({ detail: "title: Required", input: { id: "2" } });
  });

  it("learns the reasons of all rejected lines, though an answer names 100 only", async () => {
    const bad = Array.from({ length: 250 }, (_, i) => `{"id": "bad${i}"}\n`).join("");
    const file = place.write("a.jsonl", ndjson(10) + bad);
    expect((await place.run(file)).out).toContain("10 accepted, 250 rejected");
    expect(rejectedLines(file).map(({ line }) => line)).toEqual(
      Array.from({ length: 250 }, (_, i) => i + 11),
    );
  });

  it("sends __proto__ as it stands, for the service to judge", async () => {
    const file = place.write("a.jsonl", '{"id": "1", "title": "x", "attributes": {"__proto__": "y"}}\n');
    await place.run(file);
    expect(Object.hasOwn(Object(place.service.products.get("1")?.attributes), "__proto__")).toBe(true);
  });

  it("refuses one record over 4 MB by itself", async () => {
    const file = place.write(
      "a.jsonl",
      `${ndjson(1)}{"id": "big", "title": "${"x".repeat(5_000_000)}"}\n{"id": "z", "title": "z"}\n`,
    );
    expect((await place.run(file)).code).toBe(3);
    expect(rejectedLines(file)).toMatchObject([{ line: 2, code: "too_long" }]);
    expect(place.service.products.size).toBe(2);
  });

  it("keeps what a gzip cut short holds, says where it broke, and goes on once the rest is there", async () => {
    const whole = gzipSync(Buffer.from(ndjson(3_000, { description: "d".repeat(50) })));
    const file = place.write("a.jsonl.gz", whole.subarray(0, whole.length / 2));
    const ran = await place.run(file, ["--chunk", "500"]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/The gzip ends too early, after [\d,]+ bytes/);
    const before = place.service.products.size;
    expect(before).toBeGreaterThan(500);
    expect(existsSync(`${file}.rejected.ndjson`)).toBe(false);
    writeFileSync(file, whole);
    place.service.requests.length = 0;
    const again = await place.run(file, ["--chunk", "500"]);
    expect(again.code).toBe(0);
    expect(place.service.products.size).toBe(3_000);
    expect(place.service.requests.reduce((sum, { lines }) => sum + lines, 0)).toBe(3_000 - before);
  });

  it("reports a damaged gzip", async () => {
    const bytes = gzipSync(Buffer.from(ndjson(3_000)));
    bytes.fill(0x55, bytes.length - 8, bytes.length - 4);
    const ran = await place.run(place.write("a.gz", bytes));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("damaged") });
  });

  it("reports an array that is cut short, and imports what came before", async () => {
    const ran = await place.run(place.write("a.json", '[{"id": "1", "title": "x"}, {"id": "2", "ti'));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("after 1 elements") });
    expect(place.service.products.size).toBe(1);
  });

  it("refuses a CSV row with another number of fields, and goes on", async () => {
    const file = place.write("a.csv", "id,title\n1,One\n2,Two,extra\n3,Three\n");
    expect((await place.run(file)).code).toBe(3);
    expect([...place.service.products.keys()]).toEqual(["1", "3"]);
    expect(rejectedLines(file)).toMatchObject([{ line: 3, code: "bad_csv" }]);
  });

  it("says that a CSV in Latin-1 is not UTF-8", async () => {
    const ran = await place.run(place.write("a.csv", Buffer.from("id,title\n1,Caf\xe9\n", "latin1")));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("iconv") });
  });

  it("is done with an empty file", async () => {
    expect((await place.run(place.write("a.jsonl", ""))).out).toContain("0 accepted");
  });

  it("names a file that is not there", async () => {
    expect(await place.run(join(place.folder, "none.csv"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("none.csv"),
    });
  });
});
