import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MemoryLifetime } from "../../src/platform/memory/lifetime.ts";
import { problemOf } from "../http/open-app.ts";
import { openCatalogue, rowsOf } from "./open-catalogue.ts";
import type { Catalogue } from "./open-catalogue.ts";

let t: Catalogue;

beforeEach(async () => {
  t = await openCatalogue();
});
afterEach(() => t.platform.close());

interface Result {
  accepted: number;
  unchanged: number;
  rejected_count: number;
  rejected: { line: number; code: string; detail: string }[];
  last_line: number;
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

function post(body: Body, headers: Record<string, string> = {}): Promise<Response> {
  return t.call("/v1/products/import", {
    method: "POST",
    headers: { ...t.acme.headers, "content-type": "application/x-ndjson", ...headers },
    body,
    duplex: "half",
  } as RequestInit);
}

async function imported(body: Body, headers?: Record<string, string>): Promise<Result> {
  const response = await post(body, headers);
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as Result;
}

function lineOf(i: number, fields: object = {}): string {
  return JSON.stringify({ id: `p-${i}`, title: `Product ${i}`, ...fields });
}

function linesOf(count: number, from = 1, fields: object = {}): string {
  return Array.from({ length: count }, (_, i) => `${lineOf(from + i, fields)}\n`).join("");
}

async function idsStored(): Promise<unknown[]> {
  const rows = await rowsOf(t, "SELECT id FROM products ORDER BY seq, id");
  return rows.map(({ id }) => id);
}

/** In chunks that end anywhere. */
function inChunks(bytes: Uint8Array, size: number, failAtEnd = false): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += size)));
      else if (failAtEnd) controller.error(new Error("connection lost"));
      else controller.close();
    },
  });
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe("lines", () => {
  test("are taken with either end, a byte order mark, blank ones between and none at the last", async () => {
    const body = `\ufeff${lineOf(1)}\r\n\n  \r\n${lineOf(2)}\n${lineOf(3)}`;
    expect(await imported(body)).toEqual({
      accepted: 3,
      unchanged: 0,
      rejected_count: 0,
      rejected: [],
      last_line: 5,
    });
  });

  test.each([1, 7, 1_000])("are put together from chunks of %i bytes", async (size) => {
    const body = utf8(linesOf(20, 1, { brand: "Größe 🪑" }));
    expect(await imported(inChunks(body, size))).toMatchObject({ accepted: 20, last_line: 20 });
    const brands = await rowsOf(t, "SELECT DISTINCT brand FROM products");
    expect(brands).toEqual([{ brand: "Größe 🪑" }]);
  });

  test("none at all is nothing to do", async () => {
    for (const body of ["\n", "\ufeff", " \r\n\r\n"])
      expect(await imported(body)).toMatchObject({ accepted: 0 });
  });

  test.each<[string, string | Uint8Array, string]>([
    ["malformed JSON", '{"id": "x", "title": ', "invalid_json"],
    ["two values", '{"id":"x","title":"a"}{}', "invalid_json"],
    ["a value that is no product", "7", "invalid_product"],
    ["an unknown field", lineOf(9, { colour: "red" }), "invalid_product"],
    ["__proto__", '{"id":"x","title":"a","__proto__":{"brand":"b"}}', "invalid_product"],
    ["a price as text", lineOf(9, { price: "19.99" }), "invalid_product"],
    ["a lone surrogate", '{"id":"x","title":"\\ud83e"}', "invalid_product"],
    ["NUL", '{"id":"x","title":"a\\u0000"}', "invalid_product"],
    ["brackets without end", "[".repeat(200_000), "invalid_json"],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0]), "invalid_utf8"],
    ["cut UTF-8", new Uint8Array([...utf8('{"id":"x","title":"'), 0xc3]), "invalid_utf8"],
    ["1 MB", lineOf(9, { title: "x".repeat(1_000_000) }), "line_too_long"],
  ])("a line of %s is rejected, and no other is lost", async (_, bad, code) => {
    const bytes = typeof bad === "string" ? utf8(bad) : bad;
    const body = new Uint8Array([...utf8(`${lineOf(1)}\n`), ...bytes, ...utf8(`\n${lineOf(2)}\n`)]);
    const result = await imported(body);
    expect(result).toMatchObject({ accepted: 2, rejected_count: 1, rejected: [{ line: 2, code }] });
    expect(result.rejected[0].detail.length).toBeLessThan(600);
    expect(await idsStored()).toEqual(["p-1", "p-2"]);
  });

  test("rejected are all counted, and the first 100 listed in order", async () => {
    await t.send("PUT", "/v1/products/p-3", { title: "Rival's" }, t.rival.headers);
    const body = `${lineOf(1)}\n{\n${lineOf(3)}\n${"{\n".repeat(500)}`;
    const result = await imported(body);
    expect(result.rejected_count).toBe(502);
    expect(result.rejected.map(({ line }) => line)).toEqual([...Array(100).keys()].map((i) => i + 2));
    expect(result.rejected[1].code).toBe("not_owner");
  });
});

describe("products", () => {
  test("in more than one batch are all stored, each batch under one number", async () => {
    expect(await imported(linesOf(450))).toMatchObject({ accepted: 450, last_line: 450 });
    const batches = await rowsOf(t, "SELECT count(*) AS n FROM products GROUP BY seq ORDER BY seq");
    expect(batches).toEqual([{ n: 200 }, { n: 200 }, { n: 50 }]);
  });

  test("imported again change nothing", async () => {
    await imported(linesOf(250));
    const before = await rowsOf(t, "SELECT id, seq, version, updated_at FROM products ORDER BY id");
    t.platform.clock.advance(1_000);
    expect(await imported(linesOf(250))).toMatchObject({ accepted: 250, unchanged: 250 });
    expect(await rowsOf(t, "SELECT id, seq, version, updated_at FROM products ORDER BY id")).toEqual(before);
  });

  test("of one id: the later line wins, in one batch and over batches", async () => {
    const body = `${lineOf(1, { brand: "a" })}\n${lineOf(1, { brand: "b" })}\n${linesOf(300, 2)}${lineOf(2, { brand: "c" })}`;
    expect(await imported(body)).toMatchObject({ accepted: 303, rejected_count: 0 });
    const rows = await rowsOf(
      t,
      "SELECT id, brand, version FROM products WHERE brand IS NOT NULL ORDER BY id",
    );
    expect(rows).toEqual([
      { id: "p-1", brand: "b", version: 1 },
      { id: "p-2", brand: "c", version: 2 },
    ]);
  });

  test("of another organisation are rejected line by line and stay as they are", async () => {
    await t.send("PUT", "/v1/products/p-2", { title: "Rival's" }, t.rival.headers);
    const result = await imported(`${linesOf(3)}${lineOf(2)}\n`);
    expect(result).toMatchObject({ accepted: 2, rejected_count: 2 });
    expect(result.rejected.map(({ line, code }) => [line, code])).toEqual([
      [2, "not_owner"],
      [4, "not_owner"],
    ]);
    expect(await (await t.call("/v1/products/p-2")).json()).toMatchObject({ title: "Rival's" });
  });

  test("deleted before come back", async () => {
    await imported(lineOf(1));
    await t.send("DELETE", "/v1/products/p-1");
    expect(await imported(lineOf(1))).toMatchObject({ accepted: 1, unchanged: 0 });
    expect((await t.call("/v1/products/p-1")).status).toBe(200);
  });

  test("of large lines go in batches of at most 512 KB", async () => {
    await imported(linesOf(40, 1, { description: "x".repeat(20_000) }));
    const batches = await rowsOf(t, "SELECT sum(length(description)) AS bytes FROM products GROUP BY seq");
    expect(batches.length).toBe(2);
  });
});

describe("gzip", () => {
  test("is unpacked, whatever its chunks", async () => {
    const packed = new Uint8Array(gzipSync(linesOf(450)));
    expect(await imported(inChunks(packed, 10), { "content-encoding": "gzip" })).toMatchObject({
      accepted: 450,
    });
  });

  test("that breaks off is a 400 that says what was accepted, and that is kept", async () => {
    const packed = new Uint8Array(
      gzipSync(linesOf(2_000, 1, { description: crypto.randomUUID().repeat(9) })),
    );
    const cut = packed.slice(0, packed.length - 100);
    const problem = await problemOf(await post(inChunks(cut, 500), { "content-encoding": "gzip" }));
    const kept = (await idsStored()).length;
    expect(problem).toMatchObject({ status: 400, code: "bad_request" });
    expect(problem.detail).toContain(`${kept} lines were accepted`);
    expect(kept).toBeGreaterThan(200);
  });

  test("that is none is a 400", async () => {
    const problem = await problemOf(await post(linesOf(3), { "content-encoding": "gzip" }));
    expect(problem).toMatchObject({
      status: 400,
      detail: expect.stringContaining("not valid gzip") as string,
    });
  });

  test("that unpacks to more than 64 MB is a 413, whose lines before that are kept", async () => {
    const bomb = new Uint8Array(
      gzipSync(Buffer.concat([Buffer.from(linesOf(1)), Buffer.alloc(70_000_000, 0x20)])),
    );
    expect(bomb.length).toBeLessThan(100_000);
    const problem = await problemOf(await post(bomb, { "content-encoding": "gzip" }));
    expect(problem).toMatchObject({ status: 413, code: "body_too_large" });
    expect(await idsStored()).toEqual(["p-1"]);
  });

  test("that unpacks to more than 250,000 lines is a 413, whose lines before that are kept", async () => {
    const bomb = new Uint8Array(
      gzipSync(Buffer.concat([Buffer.from(linesOf(1)), Buffer.alloc(66_000_000, "\n")])),
    );
    const started = performance.now();
    const problem = await problemOf(await post(bomb, { "content-encoding": "gzip" }));
    expect(problem).toMatchObject({
      status: 413,
      code: "body_too_large",
      detail: expect.stringContaining("250000 lines") as string,
    });
    expect(problem.detail).toContain("1 lines were accepted");
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await idsStored()).toEqual(["p-1"]);
  });

  test("another encoding is a 415", async () => {
    expect((await post(linesOf(1), { "content-encoding": "br" })).status).toBe(415);
  });
});

describe("refused", () => {
  test.each([['[{"id":"a","title":"b"}]'], ["\ufeff \n\t[\n"]])(
    "the JSON array %j, with a hint",
    async (body) => {
      const problem = await problemOf(await post(body));
      expect(problem).toMatchObject({ status: 422, detail: expect.stringContaining("NDJSON") as string });
      expect(await idsStored()).toEqual([]);
    },
  );

  test("a body of more than 64 MB by its length, unread", async () => {
    const problem = await problemOf(await post(lineOf(1), { "content-length": String(65 * 1_024 * 1_024) }));
    expect(problem).toMatchObject({ status: 413 });
  });

  test("who has no scope for it", async () => {
    expect((await post(lineOf(1), { authorization: "" })).status).toBe(401);
    const operator = { authorization: `Bearer ${t.platform.config.operatorKey}` };
    expect((await post(lineOf(1), operator)).status).toBe(403);
  });

  test("a body whose connection is lost: what was read whole is kept, and half a line is not", async () => {
    const body = inChunks(utf8(`${linesOf(250)}${lineOf(251)}`), 1_000, true);
    const problem = await problemOf(await post(body));
    expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining("250 lines") as string });
    expect(await idsStored()).toHaveLength(250);
  });
});

describe("the job", () => {
  const unsent = "SELECT kind FROM outbox WHERE sent_at IS NULL";

  test("to merge the index is queued once something changed, at the first batch and the last", async () => {
    const deps = await importWithJobs(linesOf(650));
    expect(deps).toEqual(["index.merge", "index.merge"]);
    expect(await rowsOf(t, unsent)).toEqual([]);
  });

  test("is one for one batch, and none where nothing changed", async () => {
    expect(await importWithJobs(linesOf(3))).toEqual(["index.merge"]);
    expect(await importWithJobs(linesOf(3))).toEqual(["index.merge"]);
    expect(await importWithJobs("{\n{\n")).toEqual(["index.merge"]);
  });

  test("stays in the outbox while the queue does not answer, and is relayed later", async () => {
    const broken = { send: () => Promise.reject(new Error("queue is down")) };
    const response = await t.call(
      "/v1/products/import",
      {
        method: "POST",
        headers: { ...t.acme.headers, "content-type": "application/x-ndjson" },
        body: linesOf(3),
      },
      { jobs: broken },
    );
    expect(response.status).toBe(200);
    expect(await rowsOf(t, unsent)).toEqual([{ kind: "index.merge" }]);
    expect(await importWithJobs(linesOf(1, 100))).toEqual(["index.merge", "index.merge"]);
  });
});

/** Imports, waits for what comes after the response, and says the kinds of all jobs sent so far. */
async function importWithJobs(body: string): Promise<string[]> {
  const lifetime = new MemoryLifetime();
  const headers = { ...t.acme.headers, "content-type": "application/x-ndjson" };
  await t.call("/v1/products/import", { method: "POST", headers, body }, { lifetime });
  await lifetime.settle();
  return t.platform.jobs.sent.map(({ kind }) => kind);
}
