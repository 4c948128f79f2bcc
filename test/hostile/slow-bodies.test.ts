import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { paced } from "../../src/routes/middleware/paced-reader.ts";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import { openApp, problemOf } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

const PACE = { idleMs: 1_000, bytesPerSecond: 100, graceMs: 2_000 };

/** Gives `bytes` each `everyMs`, `times` times, then nothing more, or its end. */
function dripping({
  bytes,
  everyMs,
  times,
  ends,
}: Record<"bytes" | "everyMs" | "times", number> & { ends: boolean }) {
  let given = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (given === times && ends) return controller.close();
        const never = given++ === times;
        await new Promise((resolve) => setTimeout(resolve, never ? 3_600_000 : everyMs));
        controller.enqueue(new Uint8Array(bytes).fill(0x20));
      },
    },
    { highWaterMark: 0 },
  );
}

/** Reads to the end by the clock of the test; how many bytes came, or the code of what was thrown. */
async function outcome(body: ReadableStream<Uint8Array>): Promise<number | string> {
  const reader = paced(body.getReader(), PACE);
  let seen = 0;
  const read = async (): Promise<number> => {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      seen += next.value?.byteLength ?? 0;
    return seen;
  };
  const result = read().catch((error: { code: string }) => error.code);
  await vi.advanceTimersByTimeAsync(60_000);
  return result;
}

describe("the pace of a body", () => {
  beforeAll(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
  afterAll(() => void vi.useRealTimers());

  it("may be slow, as long as it goes on", async () => {
    const body = dripping({ bytes: 100, everyMs: 900, times: 30, ends: true });
    expect(await outcome(body)).toBe(3_000);
  });

  it("ends where nothing comes", async () => {
    expect(await outcome(dripping({ bytes: 5_000, everyMs: 10, times: 2, ends: false }))).toBe(
      "body_too_slow",
    );
  });

  it("ends where a byte comes now and then", async () => {
    expect(await outcome(dripping({ bytes: 1, everyMs: 500, times: 100, ends: true }))).toBe("body_too_slow");
  });
});

describe("a body that never ends", () => {
  let t: TestApp;
  let headers: Record<string, string>;
  beforeAll(async () => {
    t = await openApp();
    ({ headers } = await newMerchant(t, "acme"));
  });
  afterAll(() => {
    vi.useRealTimers();
    t.platform.close();
  });

  it.each([
    ["PUT", "/v1/products/a", "application/json"],
    ["POST", "/v1/products/import", "application/x-ndjson"],
  ])("is a 408 of %s %s, and nothing is written", async (method, path, type) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const body = dripping({ bytes: 10, everyMs: 10, times: 3, ends: false });
    const init = { method, body, headers: { ...headers, "content-type": type }, duplex: "half" };
    const asked = t.call(path, init as RequestInit);
    const answered = asked.then(() => true);
    for (let tries = 0; tries < 400; tries++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (await Promise.race([answered, new Promise((resolve) => setImmediate(() => resolve(false)))])) break;
    }
    const response = await asked;
    vi.useRealTimers();
    expect(response.status).toBe(408);
    expect(await problemOf(response)).toMatchObject({ code: "body_too_slow" });
    const { rows } = await t.platform.client.execute("SELECT count(*) AS n FROM products");
    expect(rows[0].n).toBe(0);
  });
});
