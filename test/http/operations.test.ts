import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../src/domain/errors.ts";
import type { Database } from "../../src/db/client.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openApp, type TestApp } from "./open-app.ts";

let t: TestApp;

beforeAll(async () => {
  t = await openApp();
});
afterAll(() => t.platform.close());

/** A database whose every statement fails as one that cannot be reached. */
function brokenDatabase(): Database {
  const refuse = (): never => {
    throw new AppError("unavailable", "The database does not answer");
  };
  return { orm: new Proxy({}, { get: () => refuse }) as Database["orm"], all: async () => refuse() };
}

describe("probes", () => {
  test("/healthz touches nothing, even with a credential", async () => {
    const init = { headers: { authorization: "Bearer vk_unknown" } };
    const response = await t.call("/healthz", init, { db: brokenDatabase(), isolate: newIsolate() });
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("/readyz tells database, index and queue with their times", async () => {
    const response = await t.call("/readyz");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      ready: true,
      checks: {
        database: { ok: true, ms: expect.any(Number) },
        index: { ok: true, ms: expect.any(Number), version: "0.0" },
        queue: { ok: true, ms: expect.any(Number) },
      },
    });
  });

  test("/readyz is a 503 without a database", async () => {
    const response = await t.call("/readyz", {}, { db: brokenDatabase(), isolate: newIsolate() });
    expect(response.status).toBe(503);
    const body = (await response.json()) as { ready: boolean; checks: Record<string, { ok: boolean }> };
    expect([body.ready, body.checks["database"].ok, body.checks["queue"].ok]).toEqual([false, false, false]);
  });

  test("/readyz tells of jobs that wait long, and stays ready", async () => {
    const createdAt = t.platform.clock.now() - 600_000;
    await t.platform.client.execute({
      sql: "INSERT INTO outbox (id, kind, payload, created_at) VALUES ('job_1', 'merge-index', '{}', ?)",
      args: [createdAt],
    });
    const response = await t.call("/readyz");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ready: true, checks: { queue: { ok: false } } });
  });
});

describe("/openapi.json", () => {
  test("is made once and not sent twice", async () => {
    const first = await t.call("/openapi.json");
    expect(first.headers.get("content-type")).toBe("application/json");
    const etag = first.headers.get("etag") ?? "";
    expect(await first.json()).toMatchObject({ openapi: "3.1.0" });
    expect((await t.call("/openapi.json", { headers: { "if-none-match": etag } })).status).toBe(304);
  });
});

describe("/docs", () => {
  const page = async (query = "") => (await t.call(`/docs${query}`)).text();

  test("shows every operation with an anchor, a link to it and a command", async () => {
    const html = await page();
    const document = (await (await t.call("/openapi.json")).json()) as { paths: Record<string, object> };
    const count = Object.values(document.paths).flatMap((item) => Object.keys(item)).length;
    const anchors = [...html.matchAll(/<article id="([^"]+)"/g)].map(([, anchor]) => anchor);
    expect(anchors).toHaveLength(count);
    expect(new Set(anchors).size).toBe(count);
    for (const anchor of anchors) expect(html).toContain(`href="#${anchor}"`);
    expect([...html.matchAll(/curl /g)]).toHaveLength(count);
  });

  test("has an anchor for each problem's type", async () => {
    const { type } = (await (await t.call("/v1/none")).json()) as { type: string };
    expect(await page()).toContain(`id="${type.replace("/docs#", "")}"`);
  });

  test("loads nothing from elsewhere and holds no inline script or style", async () => {
    const html = await page();
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style| style="| on\w+="/);
  });

  test("filters without script", async () => {
    const html = await page("?q=GET+healthz");
    expect([...html.matchAll(/<article id="([^"]+)"/g)].map(([, anchor]) => anchor)).toEqual(["get-healthz"]);
    expect(html).toContain('value="GET healthz"');
  });

  test("says so where nothing matches, and escapes what was asked", async () => {
    const html = await page(`?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).toContain("No operation holds");
    expect(html).not.toContain("<script>alert");
  });

  test("brings its own style and script", async () => {
    const style = await t.call("/docs/style.css");
    expect([style.status, style.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
    const script = await t.call("/docs/filter.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });
});
