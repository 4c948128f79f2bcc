import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Importing, ndjson, rejectedLines } from "./importing.ts";

let place: Importing;
beforeEach(async () => {
  place = await Importing.open();
});
afterEach(() => place.close());

describe("vitrine import reads", () => {
  it("NDJSON, in chunks, with the key", async () => {
    const ran = await place.run(place.write("a.jsonl", ndjson(250)), ["--chunk", "100"]);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("250 accepted, 0 rejected") });
    // The first alone; what follows travels together, in no order.
    const sizes = place.service.requests.toSorted((a, b) => b.lines - a.lines);
    expect(sizes).toEqual([100, 100, 50].map((lines) => ({ lines, key: "Bearer vk_test" })));
    expect(place.service.products.get("p249")).toEqual({ id: "p249", title: "Lamp 249" });
  });

  it("gzip, whatever the file is called", async () => {
    expect((await place.run(place.write("a.bin", gzipSync(ndjson(30))))).code).toBe(0);
    expect(place.service.products.size).toBe(30);
  });

  it("a JSON array, pretty-printed, with brackets and escapes in its texts, of one byte at a time", async () => {
    const products = [
      { id: "1", title: 'A "lamp" [new], {red}\\', category: ["Home", "Lamps"] },
      { id: "2", title: "Ünï – 日本", attributes: { a: "}", b: 2 } },
    ];
    const bytes = new TextEncoder().encode(JSON.stringify(products, null, 2));
    async function* dribble(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield Uint8Array.of(byte);
    }
    expect((await place.run("-", ["--format", "json"], { stdin: dribble() })).code).toBe(0);
    expect([...place.service.products.values()]).toEqual(products);
  });

  it("CSV with quotes, line breaks in fields and a byte order mark, mapped", async () => {
    const csv =
      '\uFEFFsku;name;path;cost;available\nA1;"Lamp ""Aalto""\nblack";Home > Lamps;"1,299.50";yes\nA2;Stool;Home;;no\n';
    const maps = [
      "id=sku",
      "title=name",
      "category=path:split(>)",
      "price=cost:decimal",
      "currency=EUR",
      "in_stock=available",
    ];
    const ran = await place.run(
      place.write("a.csv", csv),
      maps.flatMap((map) => ["--map", map]),
    );
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect([...place.service.products.values()]).toEqual([
      {
        id: "A1",
        title: 'Lamp "Aalto"\nblack',
        category: ["Home", "Lamps"],
        price: { amount: 129_950, currency: "EUR" },
        in_stock: true,
      },
      { id: "A2", title: "Stool", category: ["Home"], in_stock: false },
    ]);
  });

  it("pictures by file name, as addresses under a base", async () => {
    const file = place.write("a.csv", "id,title,pic\n1,A,a b.jpg\n2,B,https://other.example/b.jpg\n3,C,\n");
    const map = "image_url=pic:url(https://img.example/p/)";
    expect((await place.run(file, ["--map", map])).code).toBe(0);
    expect([...place.service.products.values()].map((product) => product.image_url)).toEqual([
      "https://img.example/p/a%20b.jpg",
      "https://other.example/b.jpg",
      undefined,
    ]);
    const wrong = await place.run(file, ["--map", "image_url=pic:url(img.example)"]);
    expect(wrong).toMatchObject({ code: 2 });
  });

  it("standard input", async () => {
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(ndjson(3));
    }
    expect((await place.run("-", [], { stdin: stdin() })).code).toBe(0);
    expect(place.service.products.size).toBe(3);
  });

  it("what was exported, passing over what the service adds", async () => {
    const file = place.write(
      "a.jsonl",
      ndjson(1, { org: "org_1", updated_at: "2026-01-01T00:00:00Z", version: 3 }),
    );
    expect((await place.run(file)).code).toBe(0);
    expect(place.service.products.get("p0")).toEqual({ id: "p0", title: "Lamp 0" });
  });
});

describe("vitrine import maps", () => {
  it("cents, constants, attributes and columns to leave out, from options and a mapping file", async () => {
    const row = {
      name: "Lamp",
      price_cents: 1_999,
      image: null,
      year: 2_022,
      tags: ["a", "b"],
      brand: "X",
      junk: 1,
    };
    const file = place.write("a.jsonl", ndjson(1, row));
    const mapping = place.write(
      "map.json",
      JSON.stringify({ title: "name", price: "price_cents:cents", currency: "USD" }),
    );
    const maps = [
      "image_url=image",
      "attributes.year=year",
      "attributes.tags=tags:join(, )",
      "brand=-",
      "attributes.shop='North'",
    ];
    const args = ["--mapping", mapping, ...maps.flatMap((map) => ["--map", map]), "--ignore", "junk"];
    expect(await place.run(file, args)).toMatchObject({ code: 0, err: "" });
    expect(place.service.products.get("p0")).toEqual({
      id: "p0",
      title: "Lamp",
      price: { amount: 1_999, currency: "USD" },
      attributes: { year: 2_022, tags: "a, b", shop: "North" },
    });
  });

  it("refuses unknown columns before anything is sent, and says what to do", async () => {
    const ran = await place.run(place.write("a.jsonl", ndjson(5, { color: "red", gtin: "1" })));
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/Unknown columns: "color", "gtin"/);
    expect(ran.err).toMatch(/--map attributes\.color=color/);
    expect(ran.err).toMatch(/--ignore-unknown/);
    expect(place.service.requests).toEqual([]);
    expect(
      (await place.run(place.write("b.jsonl", ndjson(5, { color: "red" })), ["--ignore-unknown"])).code,
    ).toBe(0);
  });

  it("rejects lines with an unknown column that comes later", async () => {
    const file = place.write("a.jsonl", ndjson(10) + '{"id": "late", "title": "x", "color": "red"}\n');
    expect((await place.run(file, ["--chunk", "5"])).code).toBe(3);
    expect(rejectedLines(file)).toMatchObject([{ line: 11, code: "unknown_column" }]);
  });

  it("does not guess whether a price is in cents", async () => {
    const ran = await place.run(place.write("a.jsonl", ndjson(2, { price: 1_999 })));
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("cents or decimal") });
    expect(place.service.requests).toEqual([]);
  });

  it.each([
    ["--map", "colour=x", /no field "colour"/],
    ["--map", "title", /FIELD=COLUMN/],
    ["--map", "price=p:pence", /no kind "pence"/],
    ["--format", "xml", /not one of ndjson, json, csv/],
    ["--chunk", "many", /whole number/],
  ])("refuses %s %s", async (option, value, message) => {
    const ran = await place.run(place.write("a.jsonl", ndjson(1)), [option, value]);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });

  it("shows what would be sent with --dry-run, and sends nothing", async () => {
    const ran = await place.run(place.write("a.jsonl", `${ndjson(4)}nonsense\n`), ["--dry-run"]);
    expect(ran).toMatchObject({
      code: 3,
      out: expect.stringContaining("4 products could be sent, 1 lines are refused"),
    });
    expect(ran.out).toContain('"title": "Lamp 0"');
    expect(place.service.requests).toEqual([]);
  });
});
