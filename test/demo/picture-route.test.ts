import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { answerError } from "../../src/routes/middleware/problem.ts";
import { requestIdentity } from "../../src/routes/middleware/request-identity.ts";
import type { AppEnv } from "../../src/routes/openapi.ts";
import { registerPictureRoutes } from "../../src/routes/pictures/register.ts";

const app = new OpenAPIHono<AppEnv>();
app.use(requestIdentity);
registerPictureRoutes(app);
app.onError(answerError);

let platform: MemoryPlatform;
beforeAll(async () => {
  platform = await createMemoryPlatform();
});
afterAll(() => platform.close());

function get(path: string, headers: Record<string, string> = {}): Response | Promise<Response> {
  return app.fetch(new Request(`http://shop.test${path}`, { headers }), openMemoryDeps(platform));
}

test("a picture is an SVG that may be kept for ever and can run nothing", async () => {
  const response = await get("/pictures/table-lamp/sage-brass-1-4711.svg");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^image\/svg\+xml/);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  expect(response.headers.get("etag")).toMatch(/^"[0-9a-f]{32}"$/);
  expect(await response.text()).toMatch(/^<svg .*<\/svg>$/s);
});

test("a picture that the client has is a 304 without body", async () => {
  const etag = (await get("/pictures/mug/navy-cream-0-1.svg")).headers.get("etag") ?? "";
  const again = await get("/pictures/mug/navy-cream-0-1.svg", { "If-None-Match": etag });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

test.each([
  "/pictures/table-lamp/sage-brass-1-4711.png",
  "/pictures/table-lamp/sage-brass-1-4711",
  "/pictures/table-lamp/sage-brass-1-99999.svg",
  "/pictures/no-such-kind/sage-brass-1-4711.svg",
  "/pictures/__proto__/sage-brass-1-4711.svg",
  "/pictures/table-lamp/%3Cscript%3E.svg",
  "/pictures/table-lamp/.svg",
])("%s is a problem with 404", async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(await response.json()).toMatchObject({ code: "not_found", status: 404 });
});
