import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256Hex } from "../../src/domain/digest.ts";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { largePng, pieces, png } from "./image-files.ts";
import { openImages } from "./images-world.ts";
import type { ImagesWorld } from "./images-world.ts";

let w: ImagesWorld;
beforeEach(async () => {
  w = await openImages();
});
afterEach(() => w.platform.close());

type Json = Record<string, unknown> & { id: string };

async function accepted(response: Response): Promise<Json> {
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as Json;
}

async function settle(): Promise<void> {
  const { jobs } = w.platform;
  for (let i = 0; i < 50 && jobs.sent.length === 0; i++) await new Promise((done) => setTimeout(done, 5));
}

async function setContent(columns: string): Promise<void> {
  await w.platform.client.execute(`UPDATE image_contents SET ${columns}`);
}

describe("an image", () => {
  test("is stored under its hash, queued, and answered with its address", async () => {
    const bytes = png();
    const response = await w.upload(bytes);
    const location = response.headers.get("location");
    const image = await accepted(response);
    const sha256 = await sha256Hex(bytes);
    expect(image).toEqual({
      id: expect.stringMatching(/^img_[0-9a-f]{32}$/),
      status: "queued",
      file_name: null,
      width: 8,
      height: 8,
      format: "png",
      bytes: bytes.length,
      sha256,
      thumbhash: null,
      variants: null,
      url: {
        thumb: `/i/${image.id}/thumb`,
        medium: `/i/${image.id}/medium`,
        large: `/i/${image.id}/large`,
      },
      created_at: "2026-01-02T03:04:05.000Z",
    });
    expect(location).toBe(`/v1/images/${image.id}`);
    expect(await w.platform.blobs.list("", 10)).toEqual([`originals/${sha256}`]);
    expect(new Uint8Array((await w.platform.blobs.get(`originals/${sha256}`)) ?? [])).toEqual(bytes);
    await settle();
    expect(w.platform.jobs.sent).toMatchObject([{ kind: "images.resize", payload: { sha256 } }]);
  });

  test("takes one round trip before the answer; its job is sent after it", async () => {
    await w.upload(png());
    const slow = { send: () => new Promise<void>(() => undefined) };
    const headers = { ...w.acme.headers, "content-type": "image/png" };
    const init = { method: "POST", body: png([1, 1, 1]), headers };
    const response = await w.call("/v1/images", init, { jobs: slow });
    expect(response.headers.get("server-timing")).toContain('"1 trip"');
  });

  test.each([
    ["image/jpeg", "by another type's name"],
    ["application/octet-stream", "as bytes"],
    ["IMAGE/PNG; charset=utf-8", "in capitals"],
  ])("comes as %s: %s", async (type) => {
    expect(await accepted(await w.upload(png(), { "content-type": type }))).toMatchObject({ format: "png" });
  });

  test("comes in pieces of one byte, and in one of 12 MB", async () => {
    const small = png();
    expect(await accepted(await w.upload(pieces(small, 1)))).toMatchObject({ bytes: small.length });
    const large = largePng(12_000_000);
    expect(await accepted(await w.upload(pieces(large, 12_000_000)))).toMatchObject({ bytes: large.length });
    expect(await w.platform.blobs.list("uploads/", 1)).toEqual([]);
  });

  test("is checked against its Content-Length and Content-Digest", async () => {
    const bytes = largePng(100_000);
    const digest = createHash("sha256").update(bytes).digest("base64");
    const headers = {
      "content-length": String(bytes.length),
      "content-digest": `sha-512=:AAAA:, sha-256=:${digest}:`,
    };
    await accepted(await w.upload(pieces(bytes, 10_000), headers));
  });
});

describe("a form's file", () => {
  function form(fields: readonly [string, string | File][]): FormData {
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    return data;
  }

  /** As `fetch` would send it, with its boundary. */
  async function send(data: FormData, pieceBytes: number): Promise<Json> {
    const request = new Request("https://shop.example", { method: "POST", body: data });
    const type = request.headers.get("content-type") ?? "";
    const body = new Uint8Array(await request.arrayBuffer());
    return accepted(await w.upload(pieces(body, pieceBytes), { "content-type": type }));
  }

  test.each([1, 7, 64, 65_536])("is found among text fields, in pieces of %i bytes", async (pieceBytes) => {
    // Delimiters' beginnings within the content, which are none.
    const bytes = new Uint8Array([...png(), ...new TextEncoder().encode("\r\n--\r\n------\r\n\r\n--\r")]);
    const file = new File([bytes], "lamp.png", { type: "image/png" });
    const image = await send(
      form([
        ["note", "a lamp"],
        ["file", file],
        ["more", "x"],
      ]),
      pieceBytes,
    );
    expect(image).toMatchObject({ file_name: "lamp.png", sha256: await sha256Hex(bytes) });
  });

  test.each([
    ['lämpchen "1".png', 'lämpchen "1".png'],
    ["C:\\fakepath\\a.png", "a.png"],
    ["../../etc/a.png", "a.png"],
    ["a\r\nb\u202egnp.png", "abgnp.png"],
    ["a\u2028b\u2029\u061c\u200b\u{e0041}.png", "ab.png"],
    [`${"x".repeat(300)}.png`, "x".repeat(255)],
    ["\u0001", null],
  ])("keeps its name %j as %j", async (name, kept) => {
    expect(await send(form([["file", new File([png()], name)]]), 1_000)).toMatchObject({ file_name: kept });
  });
});

test("a raw upload is called what its query says", async () => {
  const path = `/v1/images?file_name=${encodeURIComponent("dir/Böse\u0000 Datei.png")}`;
  expect(await accepted(await w.upload(png(), {}, path))).toMatchObject({ file_name: "Böse Datei.png" });
});

describe("the same bytes again", () => {
  test("are the same image of the same owner, and make no work", async () => {
    const first = await accepted(await w.upload(png()));
    expect(await accepted(await w.upload(png()))).toEqual(first);
    expect(await accepted(await w.upload(png(), w.member, "/v1/images?org=acme"))).toEqual(first);
    expect(await w.left()).toEqual({ blobs: 1, contents: 1, images: 1, jobs: 1 });
  });

  test("of another owner are another image of the same content", async () => {
    const first = await accepted(await w.upload(png()));
    const ids = [first.id];
    for (const headers of [w.rival.headers, w.ada, w.member]) {
      const image = await accepted(await w.upload(png(), headers));
      expect(image.sha256).toBe(first.sha256);
      ids.push(image.id);
    }
    expect(new Set(ids).size).toBe(4);
    expect(await w.left()).toEqual({ blobs: 1, contents: 1, images: 4, jobs: 1 });
  });

  test("are told how they failed where they would fail again, and their bytes are not kept", async () => {
    const { id } = await accepted(await w.upload(png()));
    await setContent("state = 'failed', error_code = 'image_corrupt', error_detail = 'It is damaged'");
    const again = await accepted(await w.upload(png()));
    const error = { code: "image_corrupt", detail: "It is damaged" };
    expect(again).toMatchObject({ id, status: "failed", error });
    expect(await w.left()).toEqual({ blobs: 0, contents: 1, images: 1, jobs: 1 });
  });

  test.each(["processing_failed", "original_missing"])("are queued again after %s", async (code) => {
    await w.upload(png());
    await setContent(`state = 'failed', error_code = '${code}', error_detail = 'x'`);
    const again = await accepted(await w.upload(png()));
    expect(again).toMatchObject({ status: "queued" });
    expect(again).not.toHaveProperty("error");
    expect(await w.left()).toEqual({ blobs: 1, contents: 1, images: 1, jobs: 2 });
  });

  test("take their content back from the sweep", async () => {
    await w.upload(png());
    await setContent("unused_since = 1");
    await w.upload(png());
    expect(await rowsOf(w, "SELECT unused_since FROM image_contents")).toEqual([{ unused_since: null }]);
    expect(await w.left()).toMatchObject({ jobs: 1 });
  });

  test("at once are one image and one job", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => w.upload(png())));
    const images = await Promise.all(all.map(accepted));
    expect(new Set(images.map(({ id }) => id)).size).toBe(1);
    expect(await w.left()).toEqual({ blobs: 1, contents: 1, images: 1, jobs: 1 });
  });
});

test("uploads are counted apart from other writes, 600 a minute", async () => {
  expect(w.platform.rateLimit.policy("upload")).toEqual({ limit: 600, windowSeconds: 60 });
  w.platform.config.rateLimits = true;
  const response = await w.upload(png());
  expect(response.headers.get("ratelimit-policy")).toBe('"upload";q=600;w=60');
});
