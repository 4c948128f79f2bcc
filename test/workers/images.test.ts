import { env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openDeps } from "../../src/platform/workers/open.ts";

const isolate = newIsolate();
const app = createApp();
let key = "";

async function call(path: string, init: RequestInit): Promise<Response> {
  const context = createExecutionContext();
  const request = new Request(`https://shop.example${path}`, init);
  const response = await app.fetch(request, openDeps(env, context, isolate), context);
  await waitOnExecutionContext(context);
  return response;
}

beforeAll(async () => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${env.OPERATOR_KEY}` };
  const post = async (path: string, body: object) => {
    const response = await call(path, { method: "POST", headers, body: JSON.stringify(body) });
    return (await response.json()) as Record<string, string>;
  };
  await post("/v1/orgs", { name: "Pictures", slug: "pictures" });
  ({ key } = await post("/v1/orgs/pictures/api-keys", { name: "k", scopes: ["images:write"] }));
});

const encoder = new TextEncoder();

/** A BMP of `width` × 1,000 pixels of noise. */
function bmp(width: number): Uint8Array<ArrayBuffer> {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = new Uint8Array(54 + row * 1_000);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode("BM"));
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, 1_000, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  let state = width;
  for (let i = 54; i < bytes.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    bytes[i] = state >> 16;
  }
  return bytes;
}

function pieces(
  parts: readonly Uint8Array[],
  pieceBytes: number,
  failure?: Error,
): ReadableStream<Uint8Array> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= all.length) return failure === undefined ? controller.close() : controller.error(failure);
      controller.enqueue(all.slice(at, at + pieceBytes));
      at += pieceBytes;
    },
  });
}

async function hexOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function upload(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const given = { authorization: `Bearer ${key}`, "content-type": "image/bmp", ...headers };
  return call("/v1/images", { method: "POST", headers: given, body });
}

async function keys(): Promise<string[]> {
  const { objects } = await env.BLOBS.list();
  return objects.map((object) => object.key).filter((name) => /^(?:originals|uploads)\//.test(name));
}

it("stores small and large bodies, raw and in a form, under their hashes", async () => {
  const form = { "content-type": "multipart/form-data; boundary=xyz" };
  const head = encoder.encode('--xyz\r\nContent-Disposition: form-data; name="f"; filename="a.bmp"\r\n\r\n');
  const tail = encoder.encode("\r\n--xyz--\r\n");
  for (const width of [20, 4_000]) {
    const raw = bmp(width);
    const other = bmp(width + 4);
    const responses = [
      await upload(pieces([raw], 65_536)),
      await upload(pieces([head, other, tail], 65_536), form),
    ];
    for (const [i, bytes] of [raw, other].entries()) {
      expect(responses[i].status).toBe(202);
      const sha256 = await hexOf(bytes);
      expect(await responses[i].json()).toMatchObject({ status: "queued", sha256, bytes: bytes.length });
      const stored = await env.BLOBS.get(`originals/${sha256}`);
      expect(await hexOf(new Uint8Array((await stored?.arrayBuffer()) ?? []))).toBe(sha256);
    }
  }
  expect(await keys()).toHaveLength(4);
});

it("keeps nothing of what is refused or broken off", async () => {
  const before = await keys();
  const large = bmp(4_008);
  const statuses = [
    (await upload(pieces([large], 65_536), { "content-digest": `sha-256=:${"A".repeat(43)}=:` })).status,
    (await upload(pieces([large], 65_536, new Error("reset")))).status,
    (await upload(pieces([large], 65_536), { "content-length": String(large.length + 1) })).status,
    (await upload(pieces([encoder.encode("<!doctype html>"), large], 65_536))).status,
    (await upload("")).status,
  ];
  expect(statuses).toEqual([422, 400, 400, 422, 422]);
  expect(await keys()).toEqual(before);
});

it("follows an image, and stops when the client does", async () => {
  const { id } = (await (await upload(bmp(24))).json()) as { id: string };
  const headers = { authorization: `Bearer ${key}` };
  const response = await call(`/v1/images/events?ids=${id}`, { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("event: status")) text += (await reader?.read())?.value ?? "";
  expect(text).toContain(`"id":"${id}"`);
  await reader?.cancel();
});
