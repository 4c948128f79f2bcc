import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MAX_IMAGE_BYTES } from "../../src/domain/image.ts";
import { largePng, pieces, png, pngChunk } from "./image-files.ts";
import { NOTHING, openImages } from "./images-world.ts";
import type { ImagesWorld } from "./images-world.ts";
import { problemOf } from "./open-app.ts";

const BOUNDARY = "----formBoundary7MA4YWxk";
const FORM = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
const encoder = new TextEncoder();

let w: ImagesWorld;
beforeAll(async () => {
  w = await openImages();
});
afterAll(() => w.platform.close());
afterEach(async () => {
  expect(await w.left()).toEqual(NOTHING);
});

async function refusal(
  body: BodyInit | null,
  headers?: Record<string, string>,
  path?: string,
): Promise<[number, string]> {
  const { status, code } = await problemOf(await w.upload(body, headers, path));
  return [Number(status), String(code)];
}

/** A form as bytes: each part is its header's lines and its content. */
function form(
  parts: readonly [header: string, content: string | Uint8Array][],
  end = `\r\n--${BOUNDARY}--\r\n`,
) {
  const all = parts.flatMap(([header, content], i) => [
    Buffer.from(`${i === 0 ? "" : "\r\n"}--${BOUNDARY}\r\n${header}\r\n\r\n`),
    Buffer.from(content),
  ]);
  return new Uint8Array(Buffer.concat([...all, Buffer.from(end)]));
}

const fileHeader = (name: string, fileName = "a.png") =>
  `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: image/png`;
const textHeader = (name: string) => `Content-Disposition: form-data; name="${name}"`;

const html = encoder.encode("<!doctype html><script>alert(1)</script>");
const svg = encoder.encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const pngHeader = (width: number, height: number): Uint8Array<ArrayBuffer> => {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr.set([8, 2], 8);
  return new Uint8Array(Buffer.concat([png().subarray(0, 8), pngChunk("IHDR", ihdr), png().subarray(33)]));
};

describe("what is no image that is taken is refused, and nothing of it is kept:", () => {
  test.each<[string, Uint8Array<ArrayBuffer>, string, number, string]>([
    ["no bytes", new Uint8Array(), "image/png", 422, "not_an_image"],
    ["a page", html, "image/jpeg", 422, "not_an_image"],
    ["noise", new Uint8Array(5_000).fill(7), "image/png", 422, "not_an_image"],
    ["an SVG", svg, "image/svg+xml", 422, "image_format_unsupported"],
    ["a PNG of its first 20 bytes", png().slice(0, 20), "image/png", 422, "image_truncated"],
    ["65,535² pixels", pngHeader(65_535, 65_535), "image/png", 413, "image_too_many_pixels"],
    ["no pixels", pngHeader(0, 10), "image/png", 422, "image_corrupt"],
    ["another type of body", png(), "text/html", 415, "unsupported_media_type"],
    ["a type of JSON", png(), "application/json", 415, "unsupported_media_type"],
  ])("%s", async (_, bytes, type, status, code) => {
    expect(await refusal(bytes, { "content-type": type })).toEqual([status, code]);
    const inForm = form([[fileHeader("file"), bytes]]);
    if (status !== 415) expect(await refusal(inForm, FORM)).toEqual([status, code]);
  });

  test("an empty stream, and an announced emptiness", async () => {
    expect(await refusal(pieces(new Uint8Array(), 1))).toEqual([422, "not_an_image"]);
    expect(await refusal("", { "content-length": "0" })).toEqual([422, "not_an_image"]);
    expect(await refusal(null)).toEqual([422, "not_an_image"]);
  });

  test("a packed body, which only its bytes show to be no image", async () => {
    expect(await refusal(png(), { "content-encoding": "gzip" })).toEqual([415, "unsupported_media_type"]);
  });
});

describe("a body that is too large is refused", () => {
  test("by its Content-Length, before any of it is read as an image", async () => {
    const announced = { "content-length": String(MAX_IMAGE_BYTES + 1) };
    expect(await refusal(pieces(html, 10), announced)).toEqual([413, "body_too_large"]);
    const form = { ...FORM, "content-length": String(MAX_IMAGE_BYTES + 65_537) };
    expect(await refusal(pieces(html, 10), form)).toEqual([413, "body_too_large"]);
  });

  test("when it comes to be, whatever was announced, and nothing of it is kept", async () => {
    const large = largePng(MAX_IMAGE_BYTES + 1);
    expect(await refusal(pieces(large, 1_000_000))).toEqual([413, "body_too_large"]);
    const inForm = form([[fileHeader("file"), large]]);
    expect(await refusal(pieces(inForm, 1_000_000), FORM)).toEqual([413, "body_too_large"]);
    const longer = largePng(MAX_IMAGE_BYTES + 100_000);
    expect(await refusal(pieces(longer, 1_000_000))).toEqual([413, "body_too_large"]);
  });
});

describe("a body that is not what was announced is refused, and nothing of it is kept:", () => {
  const bytes = largePng(200_000);

  test.each([
    ["shorter", bytes.length + 1],
    ["longer", bytes.length - 1],
    ["much longer", 1_000],
  ])("%s than its Content-Length", async (_, length) => {
    const headers = { "content-length": String(length) };
    expect(await refusal(pieces(bytes, 30_000), headers)).toEqual([400, "body_incomplete"]);
  });

  test("broken off by its sender", async () => {
    const broken = pieces(bytes.slice(0, 100_000), 30_000, new Error("connection reset"));
    expect(await refusal(broken)).toEqual([400, "body_incomplete"]);
  });

  test("another than its Content-Digest", async () => {
    const digest = createHash("sha256")
      .update(png([1, 2, 3]))
      .digest("base64");
    const headers = { "content-digest": `sha-256=:${digest}:` };
    expect(await refusal(bytes, headers)).toEqual([422, "digest_mismatch"]);
    expect(await refusal(bytes, { "content-digest": "sha-256=:AAAA:" })).toEqual([400, "bad_request"]);
    expect(await refusal(form([[fileHeader("file"), bytes]]), { ...FORM, ...headers })).toEqual([
      400,
      "bad_request",
    ]);
  });
});

describe("a form is refused", () => {
  const file = png();

  test("with several files, naming the second field", async () => {
    const response = await w.upload(
      form([
        [fileHeader("file"), file],
        [fileHeader("other"), file],
      ]),
      FORM,
    );
    const { status, code, errors } = await problemOf(response);
    expect([status, code]).toEqual([422, "invalid_input"]);
    expect(errors).toMatchObject([{ path: "other" }]);
  });

  test.each([
    ["none", form([])],
    ["a field alone", form([[textHeader("file"), "text"]])],
    ["a file field that was left empty", form([[fileHeader("file", ""), ""]])],
  ])("without a file, naming the field: %s", async (_, body) => {
    const { status, code, errors } = await problemOf(await w.upload(body, FORM));
    expect([status, code]).toEqual([422, "invalid_input"]);
    expect(errors).toMatchObject([{ path: "file" }]);
  });

  test("that breaks off, in its file or after it", async () => {
    for (const end of ["", "\r\n", `\r\n--${BOUNDARY}`, `\r\n--${BOUNDARY}-`]) {
      expect(await refusal(form([[fileHeader("file"), file]], end), FORM)).toEqual([400, "body_incomplete"]);
    }
    const whole = form([[fileHeader("file"), file]]);
    expect(await refusal(whole.slice(0, 60), FORM)).toEqual([400, "body_incomplete"]);
  });

  test("without a boundary, or with a malformed part", async () => {
    const whole = form([[fileHeader("file"), file]]);
    const bad = async (body: Uint8Array<ArrayBuffer>, type = FORM["content-type"]) =>
      expect(await refusal(body, { "content-type": type })).toEqual([400, "bad_request"]);
    await bad(whole, "multipart/form-data");
    await bad(whole, `multipart/form-data; boundary=${"b".repeat(71)}`);
    await bad(form([["Content-Type: image/png", file]]));
    await bad(form([["Content-Disposition: attachment; filename=a.png", file]]));
    await bad(form([[`${fileHeader("file")}\r\nX: ${"x".repeat(9_000)}`, file]]));
    await bad(new Uint8Array(Buffer.from(`--${BOUNDARY} x\r\n\r\n\r\n`)));
  });

  test("with much besides its file", async () => {
    const much = form([
      [textHeader("note"), "x".repeat(70_000)],
      [fileHeader("file"), file],
    ]);
    expect(await refusal(much, FORM)).toEqual([413, "body_too_large"]);
    const many: [string, string][] = Array.from({ length: 2_000 }, (_, i) => [textHeader(`f${i}`), ""]);
    expect(await refusal(form([...many, [fileHeader("file"), ""]]), FORM)).toEqual([413, "body_too_large"]);
  });
});

describe("who may not upload is refused before the body is looked at", () => {
  test.each<[string, (w: ImagesWorld) => Record<string, string>, string, number, string]>([
    ["nobody", () => ({ authorization: "" }), "/v1/images", 401, "unauthorized"],
    ["an analyst for the organisation", (w) => w.analyst, "/v1/images?org=acme", 403, "forbidden"],
    ["a person for another's", (w) => w.ada, "/v1/images?org=acme", 404, "not_found"],
    ["a key for another's", (w) => w.rival.headers, "/v1/images?org=acme", 404, "not_found"],
  ])("%s", async (_, headers, path, status, code) => {
    expect(await refusal(png(), headers(w), path)).toEqual([status, code]);
  });
});

test("nothing is kept where the database fails, or the store does", async () => {
  const down = new Error("down");
  const failing = Object.assign(Object.create(w.platform.blobs) as typeof w.platform.blobs, {
    putStream: () => Promise.reject(down),
  });
  const init = { method: "POST", body: png(), headers: { ...w.acme.headers, "content-type": "image/png" } };
  expect((await w.call("/v1/images", init, { blobs: failing })).status).toBe(500);
  await w.platform.client.execute("ALTER TABLE images RENAME TO hidden_images");
  try {
    expect((await w.call("/v1/images", init)).status).toBe(500);
  } finally {
    await w.platform.client.execute("ALTER TABLE hidden_images RENAME TO images");
  }
});
