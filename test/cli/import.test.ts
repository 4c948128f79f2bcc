import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCatalogue, type FakeCatalogue } from "./catalogue.ts";
import { vitrine, type Ran, type Surroundings } from "./command-line.ts";

let folder: string;
let service: FakeCatalogue;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
  service = await startCatalogue();
});

afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function ndjson(count: number, fields: Record<string, unknown> = {}): string {
  return Array.from(
    { length: count },
    (_, i) => `${JSON.stringify({ id: `p${i}`, title: `Lamp ${i}`, ...fields })}\n`,
  ).join("");
}

function importing(file: string, args: readonly string[] = [], more: Surroundings = {}): Promise<Ran> {
  return vitrine(["import", file, "--url", service.url, "--key", "vk_test", ...args], more);
}

function rejectedLines(path: string): Record<string, unknown>[] {
  return readFileSync(`${path}.rejected.ndjson`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("vitrine import reads", () => {
  it("NDJSON, in chunks, with the key", async () => {
    const ran = await importing(write("a.jsonl", ndjson(250)), ["--chunk", "100"]);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("250 accepted, 0 rejected") });
    // The first alone; what follows travels together, in no order.
    const sizes = service.requests.toSorted((a, b) => b.lines - a.lines);
    expect(sizes).toEqual([100, 100, 50].map((lines) => ({ lines, key: "Bearer vk_test" })));
    expect(service.products.get("p249")).toEqual({ id: "p249", title: "Lamp 249" });
  });

  it("gzip, whatever the file is called", async () => {
    expect((await importing(write("a.bin", gzipSync(ndjson(30))))).code).toBe(0);
    expect(service.products.size).toBe(30);
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
    expect((await importing("-", ["--format", "json"], { stdin: dribble() })).code).toBe(0);
    expect([...service.products.values()]).toEqual(products);
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
    const ran = await importing(
      write("a.csv", csv),
      maps.flatMap((map) => ["--map", map]),
    );
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect([...service.products.values()]).toEqual([
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
    const file = write("a.csv", "id,title,pic\n1,A,a b.jpg\n2,B,https://other.example/b.jpg\n3,C,\n");
    const map = "image_url=pic:url(https://img.example/p/)";
    expect((await importing(file, ["--map", map])).code).toBe(0);
    expect([...service.products.values()].map((product) => product.image_url)).toEqual([
      "https://img.example/p/a%20b.jpg",
      "https://other.example/b.jpg",
      undefined,
    ]);
    const wrong = await importing(file, ["--map", "image_url=pic:url(img.example)"]);
    expect(wrong).toMatchObject({ code: 2 });
  });

  it("standard input", async () => {
    async function* stdin(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(ndjson(3));
    }
    expect((await importing("-", [], { stdin: stdin() })).code).toBe(0);
    expect(service.products.size).toBe(3);
  });

  it("what was exported, passing over what the service adds", async () => {
    const file = write(
      "a.jsonl",
      ndjson(1, { org: "org_1", updated_at: "2026-01-01T00:00:00Z", version: 3 }),
    );
    expect((await importing(file)).code).toBe(0);
    expect(service.products.get("p0")).toEqual({ id: "p0", title: "Lamp 0" });
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
    const file = write("a.jsonl", ndjson(1, row));
    const mapping = write(
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
    expect(await importing(file, args)).toMatchObject({ code: 0, err: "" });
    expect(service.products.get("p0")).toEqual({
      id: "p0",
      title: "Lamp",
      price: { amount: 1_999, currency: "USD" },
      attributes: { year: 2_022, tags: "a, b", shop: "North" },
    });
  });

  it("refuses unknown columns before anything is sent, and says what to do", async () => {
    const ran = await importing(write("a.jsonl", ndjson(5, { color: "red", gtin: "1" })));
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/Unknown columns: "color", "gtin"/);
    expect(ran.err).toMatch(/--map attributes\.color=color/);
    expect(ran.err).toMatch(/--ignore-unknown/);
    expect(service.requests).toEqual([]);
    expect((await importing(write("b.jsonl", ndjson(5, { color: "red" })), ["--ignore-unknown"])).code).toBe(
      0,
    );
  });

  it("rejects lines with an unknown column that comes later", async () => {
    const file = write("a.jsonl", ndjson(10) + '{"id": "late", "title": "x", "color": "red"}\n');
    expect((await importing(file, ["--chunk", "5"])).code).toBe(3);
    expect(rejectedLines(file)).toMatchObject([{ line: 11, code: "unknown_column" }]);
  });

  it("does not guess whether a price is in cents", async () => {
    const ran = await importing(write("a.jsonl", ndjson(2, { price: 1_999 })));
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("cents or decimal") });
    expect(service.requests).toEqual([]);
  });

  it.each([
    ["--map", "colour=x", /no field "colour"/],
    ["--map", "title", /FIELD=COLUMN/],
    ["--map", "price=p:pence", /no kind "pence"/],
    ["--format", "xml", /not one of ndjson, json, csv/],
    ["--chunk", "many", /whole number/],
  ])("refuses %s %s", async (option, value, message) => {
    const ran = await importing(write("a.jsonl", ndjson(1)), [option, value]);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(message);
  });

  it("shows what would be sent with --dry-run, and sends nothing", async () => {
    const ran = await importing(write("a.jsonl", `${ndjson(4)}nonsense\n`), ["--dry-run"]);
    expect(ran).toMatchObject({
      code: 3,
      out: expect.stringContaining("4 products could be sent, 1 lines are refused"),
    });
    expect(ran.out).toContain('"title": "Lamp 0"');
    expect(service.requests).toEqual([]);
  });
});

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
    const file = write(
      "a.jsonl",
      Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), Buffer.from([0xff, 0x0a])]),
    );
    const ran = await importing(file, ["--map", "price=price:cents", "--map", "currency=USD"]);
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
    const file = write("a.jsonl", ndjson(10) + bad);
    expect((await importing(file)).out).toContain("10 accepted, 250 rejected");
    expect(rejectedLines(file).map(({ line }) => line)).toEqual(
      Array.from({ length: 250 }, (_, i) => i + 11),
    );
  });

  it("sends __proto__ as it stands, for the service to judge", async () => {
    const file = write("a.jsonl", '{"id": "1", "title": "x", "attributes": {"__proto__": "y"}}\n');
    await importing(file);
    expect(Object.hasOwn(Object(service.products.get("1")?.attributes), "__proto__")).toBe(true);
  });

  it("refuses one record over 4 MB by itself", async () => {
    const file = write(
      "a.jsonl",
      `${ndjson(1)}{"id": "big", "title": "${"x".repeat(5_000_000)}"}\n{"id": "z", "title": "z"}\n`,
    );
    expect((await importing(file)).code).toBe(3);
    expect(rejectedLines(file)).toMatchObject([{ line: 2, code: "too_long" }]);
    expect(service.products.size).toBe(2);
  });

  it("keeps what a gzip cut short holds, says where it broke, and goes on once the rest is there", async () => {
    const whole = gzipSync(Buffer.from(ndjson(3_000, { description: "d".repeat(50) })));
    const file = write("a.jsonl.gz", whole.subarray(0, whole.length / 2));
    const ran = await importing(file, ["--chunk", "500"]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/The gzip ends too early, after [\d,]+ bytes/);
    const before = service.products.size;
    expect(before).toBeGreaterThan(500);
    expect(existsSync(`${file}.rejected.ndjson`)).toBe(false);
    writeFileSync(file, whole);
    service.requests.length = 0;
    const again = await importing(file, ["--chunk", "500"]);
    expect(again.code).toBe(0);
    expect(service.products.size).toBe(3_000);
    expect(service.requests.reduce((sum, { lines }) => sum + lines, 0)).toBe(3_000 - before);
  });

  it("reports a damaged gzip", async () => {
    const bytes = gzipSync(Buffer.from(ndjson(3_000)));
    bytes.fill(0x55, bytes.length - 8, bytes.length - 4);
    const ran = await importing(write("a.gz", bytes));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("damaged") });
  });

  it("reports an array that is cut short, and imports what came before", async () => {
    const ran = await importing(write("a.json", '[{"id": "1", "title": "x"}, {"id": "2", "ti'));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("after 1 elements") });
    expect(service.products.size).toBe(1);
  });

  it("refuses a CSV row with another number of fields, and goes on", async () => {
    const file = write("a.csv", "id,title\n1,One\n2,Two,extra\n3,Three\n");
    expect((await importing(file)).code).toBe(3);
    expect([...service.products.keys()]).toEqual(["1", "3"]);
    expect(rejectedLines(file)).toMatchObject([{ line: 3, code: "bad_csv" }]);
  });

  it("says that a CSV in Latin-1 is not UTF-8", async () => {
    const ran = await importing(write("a.csv", Buffer.from("id,title\n1,Caf\xe9\n", "latin1")));
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("iconv") });
  });

  it("is done with an empty file", async () => {
    expect((await importing(write("a.jsonl", ""))).out).toContain("0 accepted");
  });

  it("names a file that is not there", async () => {
    expect(await importing(join(folder, "none.csv"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("none.csv"),
    });
  });
});

describe("vitrine import and a service in trouble", () => {
  const problem = (status: number, headers: Record<string, string> = {}): Response =>
    Response.json({ title: "Trouble", detail: "not now", code: "x", status }, { status, headers });

  it("waits as Retry-After asks and tries again, losing nothing", async () => {
    service.failures.push(problem(429, { "Retry-After": "0" }), problem(503, { "Retry-After": "0" }));
    const ran = await importing(write("a.jsonl", ndjson(20)));
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining("trying again in") });
    expect(service.products.size).toBe(20);
  });

  it("sends smaller parts where a body is too large", async () => {
    service.failures.push(problem(413));
    expect((await importing(write("a.jsonl", ndjson(300)))).code).toBe(0);
    expect(service.products.size).toBe(300);
    expect(service.requests.length).toBeGreaterThan(1);
  });

  it("stops at a refusal, says what to do, and later goes on after the last acknowledged line", async () => {
    service.failures.push(null, null, problem(401), problem(401));
    const file = write("a.jsonl", `nonsense\n${ndjson(500)}`);
    const ran = await importing(file, ["--chunk", "100"]);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("VITRINE_KEY") });
    service.failures.length = 0;
    const before = service.requests.length;
    const again = await importing(file, ["--chunk", "100"]);
    expect(again.err).toContain("Going on after line 200");
    expect(service.requests.length - before).toBe(4);
    expect(service.products.size).toBe(500);
    expect(rejectedLines(file)).toHaveLength(1);
    expect(existsSync(`${file}.vitrine-import.json`)).toBe(false);
  });

  it("begins anew where the mapping is another, or with --restart", async () => {
    const file = write("a.jsonl", ndjson(200));
    const interrupt = (): Promise<Ran> => {
      service.failures.push(null, problem(403), problem(403));
      return importing(file, ["--chunk", "50"]);
    };
    await interrupt();
    service.failures.length = 0;
    expect((await importing(file, ["--chunk", "50", "--map", "brand='B'"])).err).not.toContain("Going on");
    await interrupt();
    service.failures.length = 0;
    expect((await importing(file, ["--chunk", "50", "--restart"])).err).not.toContain("Going on");
  });

  it("ends with 130 when interrupted", async () => {
    const signal = AbortSignal.abort(new Error("Interrupted"));
    expect((await importing(write("a.jsonl", ndjson(10)), [], { signal })).code).toBe(130);
  });

  it("answers a script in JSON", async () => {
    const { out } = await importing(write("a.jsonl", ndjson(10)), ["--json"]);
    expect(JSON.parse(out)).toMatchObject({ records: 10, accepted: 10, rejected: 0, broken: null });
  });
});
