import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createVitrine, VitrineError, type Vitrine } from "../../client/client.ts";
import { generateSchema } from "../../scripts/generate-client.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { readFileSync } from "node:fs";
import { createWorld, OWN_PRODUCT, type World } from "./credentials.ts";
import { openApp, ORIGIN, type TestApp } from "./open-app.ts";

let t: TestApp;
let world: World;
let sent: Request[];
/** Answers given before the application is asked. */
let before: Response[];
let waits: number[];

beforeEach(async () => {
  t = await openApp();
  world = await createWorld(t.platform);
  [sent, before, waits] = [[], [], []];
});
afterEach(() => t.platform.close());

function client(who: string, retries?: number): Vitrine {
  const { authorization } = world.credentials.find(({ name }) => name === who) ?? {};
  return createVitrine({
    url: `${ORIGIN}/`,
    key: authorization?.replace("Bearer ", ""),
    retries,
    wait: async (ms) => void waits.push(ms),
    fetch: async (request) => {
      sent.push(request);
      return before.shift() ?? t.app.fetch(request, openMemoryDeps(t.platform));
    },
  });
}

const busy = (status: number, retryAfter?: string) => () =>
  new Response("busy", { status, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } });

describe("calls", () => {
  test("are typed and carry the key", async () => {
    const { data } = await client("a key with catalogue:write").api.PUT("/v1/products/{id}", {
      params: { path: { id: "lamp-7" } },
      body: { title: "Brass lamp", price: { amount: 4_500, currency: "EUR" } },
    });
    expect(data).toMatchObject({ id: "lamp-7", title: "Brass lamp", version: 1, org: world.own.id });
    expect(sent[0].url).toBe(`${ORIGIN}/v1/products/lamp-7`);
  });

  test("throw what the API refuses, with code, request id and fields", async () => {
    const call = client("a key with catalogue:write").api.PUT("/v1/products/{id}", {
      params: { path: { id: "lamp-7" } },
      body: { title: "x", rating: 7 },
    });
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VitrineError);
    expect(error).toMatchObject({ code: "invalid_input", status: 422, errors: [{ path: "rating" }] });
    expect((error as VitrineError).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("throw a code of their own for what is not from the API", async () => {
    before = [
      new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": "text/html" } }),
    ];
    await expect(client("no credential").api.GET("/healthz")).rejects.toMatchObject({
      status: 502,
      code: "unknown",
    });
  });

  test("work without a key", async () => {
    const { data } = await client("no credential").api.GET("/healthz");
    expect(data).toEqual({ status: "ok" });
    expect(sent[0].headers.has("authorization")).toBe(false);
  });
});

describe("retries", () => {
  test("come after what Retry-After says", async () => {
    before = [busy(503, "3")(), busy(429, "1")()];
    const { data } = await client("no credential").api.GET("/healthz");
    expect(data).toEqual({ status: "ok" });
    expect(waits).toEqual([3_000, 1_000]);
  });

  test("send the same body again", async () => {
    before = [busy(503, "0")()];
    const { data } = await client("a key with catalogue:write").api.PUT("/v1/products/{id}", {
      params: { path: { id: "lamp-7" } },
      body: { title: "Brass lamp" },
    });
    expect(data?.title).toBe("Brass lamp");
    expect(sent).toHaveLength(2);
  });

  test("back off with jitter where the server says nothing", async () => {
    before = [busy(503)(), busy(503)()];
    await client("no credential").api.GET("/healthz");
    expect(waits[0]).toBeGreaterThanOrEqual(250);
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(waits[1]).toBeGreaterThanOrEqual(500);
    expect(waits[1]).toBeLessThanOrEqual(1_000);
  });

  test("end, and do not wait for minutes", async () => {
    before = [busy(503, "0")(), busy(503, "0")(), busy(503, "0")()];
    await expect(client("no credential").api.GET("/healthz")).rejects.toMatchObject({ status: 503 });
    expect(sent).toHaveLength(3);
    before = [busy(429, "3600")()];
    await expect(client("no credential").api.GET("/healthz")).rejects.toMatchObject({
      retryAfterSeconds: 3_600,
    });
    expect(sent).toHaveLength(4);
  });

  test("repeat a POST only under an Idempotency-Key", async () => {
    const { api } = client("the operator key");
    const body = { name: "Lamps", slug: "lamps" };
    before = [busy(503, "0")()];
    await expect(api.POST("/v1/orgs", { body })).rejects.toMatchObject({ status: 503 });
    before = [busy(503, "0")()];
    const params = { header: { "Idempotency-Key": "once" } };
    expect((await api.POST("/v1/orgs", { body, params })).data).toMatchObject({ slug: "lamps" });
    expect((await api.POST("/v1/orgs", { body, params })).response.headers.get("idempotency-replayed")).toBe(
      "true",
    );
  });

  test("are none for other errors", async () => {
    before = [busy(500)()];
    await expect(client("no credential").api.GET("/healthz")).rejects.toMatchObject({ status: 500 });
    expect(sent).toHaveLength(1);
  });
});

describe("lists", () => {
  const params = () => ({ path: { org: world.own.id }, query: { limit: 2 } });

  test("come whole, page after page", async () => {
    const names: string[] = [];
    const { each } = client("the operator key");
    for await (const key of each("/v1/orgs/{org}/api-keys", params())) names.push(key.name);
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
    expect(sent).toHaveLength(3);
  });

  test("are asked for no further than they are read", async () => {
    for await (const _ of client("the operator key").each("/v1/orgs/{org}/api-keys", params())) break;
    expect(sent).toHaveLength(1);
  });

  test("throw where the API refuses", async () => {
    const items = client("no credential").each("/v1/orgs/{org}/api-keys", params());
    await expect(items.next()).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("an import", () => {
  async function* lines() {
    yield { id: "a", title: "Lamp" };
    yield '{"id":"b","title":"Desk"}';
    yield "not json";
  }

  test("streams objects and lines, and tells what was rejected", async () => {
    const answer = await client("a key with catalogue:write").importProducts(lines());
    expect(answer).toMatchObject({
      accepted: 2,
      rejected_count: 1,
      rejected: [{ line: 3, code: "invalid_json" }],
    });
  });

  test("takes an array and a stream of bytes", async () => {
    const { importProducts } = client("a key with catalogue:write");
    expect(await importProducts([{ id: "c", title: "Chair" }])).toMatchObject({ accepted: 1 });
    const bytes = new Blob(['{"id":"d","title":"Door"}\n']).stream();
    expect(await importProducts(bytes)).toMatchObject({ accepted: 1 });
  });

  test("throws where the key may not", async () => {
    const call = client("a key with stats:read").importProducts([{ id: OWN_PRODUCT, title: "x" }]);
    await expect(call).rejects.toMatchObject({ status: 403, code: "forbidden" });
  });
});

test("the schema is that of the application", async () => {
  const kept = readFileSync(new URL("../../client/schema.ts", import.meta.url), "utf8");
  expect(kept === (await generateSchema()), "run `npx node scripts/generate-client.ts`").toBe(true);
});
