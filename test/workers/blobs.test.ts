import { env, exports } from "cloudflare:workers";
import { expect, it } from "vitest";
// Before the first request, which would else wait for all modules.
import "../../src/worker.ts";

const AT = "https://shop.example/v1/admin/blobs";
const headers = { authorization: `Bearer ${env.OPERATOR_KEY}`, "content-type": "application/octet-stream" };

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(AT + path, { ...init, headers }));
}

async function keyOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `originals/${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

it("workerd puts blobs of a backup into R2, small ones and those of several parts, and gives them back", async () => {
  for (const length of [1, 12_000_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i % 251);
    const key = await keyOf(bytes);
    const put = await call(`/object?key=${key}`, { method: "PUT", body: bytes });
    expect([put.status, await put.json()]).toEqual([200, { bytes: length }]);
    const got = await call(`/object?key=${key}`);
    expect(await keyOf(new Uint8Array(await got.arrayBuffer()))).toBe(key);
    const list = (await (await call("")).json()) as { items: { key: string }[] };
    expect(list.items.map((item) => item.key)).toContain(key);
    const wrong = await call(`/object?key=originals/${"0".repeat(64)}`, { method: "PUT", body: bytes });
    expect([wrong.status, (await wrong.json<{ code: string }>()).code]).toEqual([422, "digest_mismatch"]);
    expect(await env.BLOBS.head(`originals/${"0".repeat(64)}`)).toBeNull();
  }
});
