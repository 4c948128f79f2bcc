import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addContent, addImage, shaOf } from "../services/images/image-rows.ts";
import { openApp, problemOf, type TestApp } from "./open-app.ts";
import { addReadyImage, type StoredImage } from "./picture-store.ts";

let t: TestApp;
let opaque: StoredImage;
let transparent: StoredImage;
beforeAll(async () => {
  t = await openApp({ config: { corsOrigins: ["https://shop.example"] } });
  opaque = await addReadyImage(t.platform, "img_opaque");
  transparent = await addReadyImage(t.platform, "img_clear", { other: "png" });
});
afterAll(() => t.platform.close());

const CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

async function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return t.call(path, { headers, method });
}

describe("the encoding", () => {
  test.each([
    [CHROME, "image/webp"],
    ["image/webp", "image/webp"],
    ["IMAGE/WebP;Q=0.3", "image/webp"],
    ["image/jpeg, image/webp", "image/webp"],
    ["image/webp;q=0.9, image/*;q=0.5", "image/webp"],
    [undefined, "image/jpeg"],
    ["", "image/jpeg"],
    ["*/*", "image/jpeg"],
    ["image/*", "image/jpeg"],
    ["image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "image/jpeg"],
    ["image/webp;q=0, image/*", "image/jpeg"],
    ["image/webp;q=0.5, image/jpeg", "image/jpeg"],
    ["image/webp;q=0.5, */*", "image/jpeg"],
    ["text/html", "image/jpeg"],
    ['text/html;a="image/webp"', "image/jpeg"],
    [";;;,,,=q", "image/jpeg"],
  ])("for Accept %j is %s", async (accept, type) => {
    const response = await ask("/i/img_opaque/medium", accept === undefined ? {} : { accept });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    const [other, webp] = opaque.variants.medium.encodings;
    const expected = type === "image/webp" ? webp : other;
    expect((await response.arrayBuffer()).byteLength).toBe(expected.bytes);
    expect(response.headers.get("etag")).toBe(`"${expected.sha256}"`);
  });

  test("is PNG in place of JPEG where the image has one", async () => {
    const types = await Promise.all(
      ["*/*", CHROME].map(async (accept) =>
        (await ask("/i/img_clear/thumb", { accept })).headers.get("content-type"),
      ),
    );
    expect(types).toEqual(["image/png", "image/webp"]);
    expect(transparent.variants.thumb.encodings[0].format).toBe("png");
  });
});

test("what is answered may be kept for ever, anywhere, and runs nothing", async () => {
  const { headers } = await ask("/i/img_opaque/large", { origin: "https://elsewhere.example" });
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "image/jpeg",
    "content-length": String(opaque.variants.large.encodings[0].bytes),
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept",
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "inline",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
  });
});

test("HEAD answers as GET, without a byte", async () => {
  const get = await ask("/i/img_opaque/thumb");
  const head = await ask("/i/img_opaque/thumb", {}, "HEAD");
  expect([head.status, await head.text()]).toEqual([200, ""]);
  for (const name of ["content-length", "content-type", "etag", "cache-control", "vary", "accept-ranges"])
    expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
});

test("an entity tag that is still right is answered with 304, per encoding", async () => {
  const etag = (await ask("/i/img_opaque/thumb")).headers.get("etag") ?? "";
  const same = await ask("/i/img_opaque/thumb", { "if-none-match": `W/"x", ${etag}` });
  expect([same.status, await same.text(), same.headers.get("etag"), same.headers.get("vary")]).toEqual([
    304,
    "",
    etag,
    "Accept",
  ]);
  expect((await ask("/i/img_opaque/thumb", { "if-none-match": etag, accept: "image/webp" })).status).toBe(
    200,
  );
});

describe("a range", () => {
  // The thumb's JPEG has 1,000 bytes.
  test.each([
    ["bytes=0-0", 206, "bytes 0-0/1000"],
    ["bytes=0-99", 206, "bytes 0-99/1000"],
    ["bytes=990-", 206, "bytes 990-999/1000"],
    ["bytes=990-5000", 206, "bytes 990-999/1000"],
    ["bytes=-10", 206, "bytes 990-999/1000"],
    ["bytes=-5000", 206, "bytes 0-999/1000"],
    ["BYTES = 5 - 6", 206, "bytes 5-6/1000"],
    ["bytes=1000-", 416, "bytes */1000"],
    ["bytes=-0", 416, "bytes */1000"],
    ["bytes=999999999999999-", 416, "bytes */1000"],
    ["bytes=9-8", 200, null],
    ["bytes=-", 200, null],
    ["bytes=a-b", 200, null],
    ["bytes=0-1,5-6", 200, null],
    ["lines=0-1", 200, null],
    [`bytes=${"9".repeat(400)}-`, 200, null],
  ])("%j is answered with %i", async (range, status, contentRange) => {
    const whole = new Uint8Array(await (await ask("/i/img_opaque/thumb")).arrayBuffer());
    const response = await ask("/i/img_opaque/thumb", { range });
    expect([response.status, response.headers.get("content-range")]).toEqual([status, contentRange]);
    if (status === 416) {
      expect(await problemOf(response)).toMatchObject({ code: "range_not_satisfiable" });
      return;
    }
    const [, from = "0", to = "999"] = /bytes (\d+)-(\d+)/.exec(contentRange ?? "") ?? [];
    const expected = whole.slice(Number(from), Number(to) + 1);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(expected);
    expect(response.headers.get("content-length")).toBe(String(expected.length));
  });

  test.each([
    ["the present tag", (etag: string) => etag, 206],
    ["another tag", () => '"0"', 200],
    ["a weak tag", (etag: string) => `W/${etag}`, 200],
    ["a date", () => "Fri, 02 Jan 2099 03:04:05 GMT", 200],
  ])("with If-Range of %s is a %#", async (_, ifRange, status) => {
    const etag = (await ask("/i/img_opaque/thumb")).headers.get("etag") ?? "";
    const headers = { range: "bytes=0-1", "if-range": ifRange(etag) };
    expect((await ask("/i/img_opaque/thumb", headers)).status).toBe(status);
  });

  test("counts for GET alone", async () => {
    const head = await ask("/i/img_opaque/thumb", { range: "bytes=0-1" }, "HEAD");
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "1000"]);
  });
});

describe("a picture of more than a megabyte", () => {
  const SIZE = 1_500_000;
  beforeAll(async () => {
    await addReadyImage(t.platform, "img_heavy", { largeBytes: SIZE });
  });

  test("comes whole, and in ranges", async () => {
    const whole = await ask("/i/img_heavy/large");
    expect([whole.status, whole.headers.get("content-length")]).toEqual([200, String(SIZE)]);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    expect(bytes.length).toBe(SIZE);
    const part = await ask("/i/img_heavy/large", { range: "bytes=1000000-1000999" });
    expect([part.status, part.headers.get("content-length")]).toEqual([206, "1000"]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(1_000_000, 1_001_000));
  });
});

describe("what cannot be shown", () => {
  test.each([
    ["an unknown image", "/i/img_unknown/thumb"],
    ["an unknown variant", "/i/img_opaque/huge"],
    ["no variant", "/i/img_opaque"],
    ["too many segments", "/i/img_opaque/thumb/x"],
    ["an id of no kind", "/i/%00%2e%2e%2f/thumb"],
    ["a very long id", `/i/${"a".repeat(5_000)}/thumb`],
  ])("%s is a 404 for programs that nobody keeps", async (_, path) => {
    const response = await ask(path);
    expect([response.status, response.headers.get("cache-control")]).toEqual([404, "no-store"]);
    expect(await problemOf(response)).toMatchObject({ code: "not_found" });
  });

  test.each([
    ["queued", 503],
    ["processing", 503],
    ["failed", 404],
  ] as const)("an image that is %s is a %i that nobody keeps", async (state, status) => {
    const sha256 = shaOf(status * 10 + state.length);
    await addContent(t.platform.client, { sha256, state, variants: opaque.variants });
    await addImage(t.platform.client, { id: `img_${state}`, sha256 });
    const response = await ask(`/i/img_${state}/thumb`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([status, "no-store"]);
    expect(response.headers.get("retry-after")).toBe(status === 503 ? "1" : null);
    expect(await problemOf(response)).toMatchObject({
      code: status === 503 ? "image_not_ready" : "not_found",
    });
  });

  test("other methods are refused", async () => {
    const response = await ask("/i/img_opaque/thumb", {}, "POST");
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });
});
