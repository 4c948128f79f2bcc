import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import { openApp } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

const CHUNKS = 80;
let t: TestApp;
let headers: Record<string, string>;
beforeAll(async () => {
  t = await openApp();
  ({ headers } = await newMerchant(t, "acme"));
});
afterAll(() => t.platform.close());

/** 5 MB whose first character is `first`; `sent` counts the chunks taken from the client. */
function upload(first: string) {
  const state = { sent: 0 };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (state.sent === CHUNKS) return controller.close();
      controller.enqueue(new Uint8Array(65_536).fill(state.sent === 0 ? first.charCodeAt(0) : 0x20));
      state.sent++;
    },
  });
  return { stream, state };
}

// A server that answers and stops reading resets the connection: the client, still sending, never sees the answer.
describe("a refused body is read to its end, so that the client sees why:", () => {
  test.each<[string, string, string, Record<string, string>, number]>([
    ["an import that is an array", "POST", "/v1/products/import", {}, 422],
    ["an import that is no gzip", "POST", "/v1/products/import", { "content-encoding": "gzip" }, 400],
    ["an import in another encoding", "POST", "/v1/products/import", { "content-encoding": "br" }, 415],
    ["a product over the limit", "PUT", "/v1/products/a", { "content-type": "application/json" }, 413],
  ])("%s", async (_, method, path, more, status) => {
    const { stream, state } = upload("[");
    const type = { "content-type": "application/x-ndjson" };
    const init = { method, body: stream, headers: { ...headers, ...type, ...more }, duplex: "half" };
    const response = await t.call(path, init as RequestInit);
    expect(response.status).toBe(status);
    expect(state.sent).toBe(CHUNKS);
  });

  test("but not for longer than 2 s, nor without an end", async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_048_576).fill(0x20)),
    });
    const stalled = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(2_000_000).fill(0x20)),
    });
    for (const body of [endless, stalled]) {
      const init = {
        method: "PUT",
        body,
        headers: { ...headers, "content-type": "application/json" },
        duplex: "half",
      };
      const started = performance.now();
      expect((await t.call("/v1/products/a", init as RequestInit)).status).toBe(413);
      expect(performance.now() - started).toBeLessThan(4_000);
    }
  });
});
