import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256Hex } from "../../src/domain/digest.ts";
import { originalKey, uploadKey, variantKey } from "../../src/domain/image.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";

const BYTES = new TextEncoder().encode("what was uploaded once");

let t: TestApp;
let key: string;
beforeEach(async () => {
  t = await openApp();
  key = originalKey(await sha256Hex(BYTES));
});
afterEach(() => t.platform.close());

const ask = (path: string, init: RequestInit = {}) =>
  t.call(path, {
    ...init,
    headers: { ...operatorHeaders(t.platform), ...(init.headers as Record<string, string>) },
  });

function put(at: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: "PUT", body, headers: { "content-type": "application/octet-stream", ...headers } };
  return ask(`/v1/admin/blobs/object?key=${encodeURIComponent(at)}`, init);
}

const digestOf = (sha256: string) => `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;

async function listed(limit: number): Promise<string[]> {
  const keys: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const answer = await ask(`/v1/admin/blobs?limit=${limit}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    const page = (await answer.json()) as { items: { key: string }[]; next_cursor: string | null };
    expect(page.items.length).toBeLessThanOrEqual(limit);
    keys.push(...page.items.map((item) => item.key));
    cursor = page.next_cursor;
  }
  return keys;
}

test("all blobs that a backup holds are listed once each, in pages of any size, and nothing else", async () => {
  const names = Array.from({ length: 7 }, (_, i) => String(i).repeat(64));
  const kept = [
    "index/manifest.json",
    "journal/events/0192f0c1-7c3e-7a3b-8a7c-5d0e9f1a2b3c",
    ...names.slice(0, 3).map((name) => `index/segments/${name}`),
    ...names.map(originalKey),
    ...names.slice(2, 6).map(variantKey),
  ];
  for (const one of [...kept, uploadKey("0192"), "elsewhere/x"])
    await t.platform.blobs.put(one, BYTES, "image/png");
  for (const limit of [1, 2, 3, 4, 11, 15, 1_000]) expect(await listed(limit)).toEqual(kept.toSorted());
  const { rows } = await t.platform.client.execute("SELECT action, org_id FROM audit_log");
  expect(rows.map((row) => [row.action, row.org_id])).toEqual(
    Array.from({ length: 7 }, () => ["blobs.listed", ""]),
  );
  expect((await ask("/v1/admin/blobs?limit=1001")).status).toBe(400);
  expect(await problemOf(await ask("/v1/admin/blobs?cursor=x"))).toMatchObject({ code: "bad_cursor" });
});

test("a blob is read as it lies, and put back where it lay", async () => {
  const answer = await put(key, BYTES, { "content-digest": digestOf(await sha256Hex(BYTES)) });
  expect([answer.status, await answer.json()]).toEqual([200, { bytes: BYTES.length }]);
  const read = await ask(`/v1/admin/blobs/object?key=${key}`);
  expect(read.headers.get("cache-control")).toBe("no-store");
  expect(new Uint8Array(await read.arrayBuffer())).toEqual(BYTES);
  expect((await put("index/manifest.json", "{}")).status).toBe(200);
});

describe("nothing is kept", () => {
  afterEach(async () => {
    for (const prefix of ["originals/", "uploads/", "index/", "x"])
      expect(await t.platform.blobs.list(prefix, 10)).toEqual([]);
  });

  test("of bytes that are not those of the key, or of the digest", async () => {
    const wrong = await put(key, "something else");
    expect(await problemOf(wrong)).toMatchObject({ code: "digest_mismatch", status: 422 });
    const other = { "content-digest": digestOf("0".repeat(64)) };
    expect(await problemOf(await put(key, BYTES, other))).toMatchObject({ code: "digest_mismatch" });
    expect(await problemOf(await put("index/manifest.json", "{}", other))).toMatchObject({
      code: "digest_mismatch",
    });
  });

  test("of a body that is shorter than it was said to be", async () => {
    const short = await put(key, BYTES, { "content-length": String(BYTES.length + 1) });
    expect(await problemOf(short)).toMatchObject({ code: "body_incomplete", status: 400 });
  });

  test.each([
    "uploads/0192",
    "x",
    "originals/../index/manifest.json",
    "originals/abc",
    "index/segments/",
    "",
  ])("under %j, which no backup holds, and nothing is read there", async (at) => {
    expect([400, 422]).toContain((await put(at, BYTES)).status);
    await t.platform.blobs.put("uploads/0192", BYTES, "image/png");
    expect([400, 404]).toContain((await ask(`/v1/admin/blobs/object?key=${encodeURIComponent(at)}`)).status);
    await t.platform.blobs.delete(["uploads/0192"]);
  });
});
