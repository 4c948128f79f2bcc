import { exports } from "cloudflare:workers";
import { beforeAll, expect, it, vi } from "vitest";
// Before the first request, which would else wait for all modules.
import "../../src/worker.ts";
import { bmpFile } from "../codec/other-files.ts";
import { scene } from "../codec/pixels.ts";

const ORIGIN = "https://vitrine.test";
const OPERATOR_KEY = "operator-key-of-the-tests-0123456789";

let path: string;

function call(of: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(ORIGIN + of, init));
}

async function post(of: string, body: object): Promise<Record<string, string>> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${OPERATOR_KEY}` };
  const response = await call(of, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, string>;
}

beforeAll(async () => {
  await post("/v1/orgs", { name: "Gallery", slug: "gallery" });
  const { key } = await post("/v1/orgs/gallery/api-keys", { name: "k", scopes: ["images:write"] });
  const headers = { "content-type": "image/bmp", authorization: `Bearer ${key}` };
  const body = bmpFile(scene(640, 480));
  const uploaded = await call("/v1/images", { method: "POST", headers, body });
  expect(uploaded.status).toBe(202);
  path = `/i/${((await uploaded.json()) as { id: string }).id}`;
  await vi.waitUntil(
    async () => {
      const response = await call(`${path}/thumb`);
      await response.arrayBuffer();
      return response.status === 200;
    },
    { timeout: 15_000, interval: 250 },
  );
}, 60_000);

it("shows what the queue has made of an upload, in each size and for each client", async () => {
  for (const [variant, accept, type] of [
    ["thumb", "image/webp", "image/webp"],
    ["medium", "*/*", "image/jpeg"],
    ["large", "image/webp,*/*;q=0.8", "image/webp"],
  ]) {
    const response = await call(`${path}/${variant}`, { headers: { accept } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    const bytes = await response.arrayBuffer();
    expect(response.headers.get("content-length")).toBe(String(bytes.byteLength));
    expect(bytes.byteLength).toBeGreaterThan(100);
  }
});

it("answers parts, heads and what is still right", async () => {
  const whole = await call(`${path}/medium`);
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const part = await call(`${path}/medium`, { headers: { range: "bytes=10-19" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 10-19/${bytes.length}`]);
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20));
  const head = await call(`${path}/medium`, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
  const etag = String(whole.headers.get("etag"));
  expect((await call(`${path}/medium`, { headers: { "if-none-match": etag } })).status).toBe(304);
});

it("asks the database once for all of an image's pictures", async () => {
  await (await call(`${path}/thumb`)).arrayBuffer();
  const again = await call(`${path}/large`);
  await again.arrayBuffer();
  expect(again.headers.get("server-timing")).toContain('desc="0 trips"');
});
