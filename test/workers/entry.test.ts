import { env, exports } from "cloudflare:workers";
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import worker from "../../src/worker.ts";

const OPERATOR_KEY = "operator-key-of-the-tests-0123456789";
const ORIGIN = "https://vitrine.test";

function call(
  method: string,
  path: string,
  key: string | null,
  body?: string,
  type = "application/json",
): Promise<Response> {
  const headers: Record<string, string> = { "Content-Type": type };
  if (key !== null) headers.Authorization = `Bearer ${key}`;
  return exports.default.fetch(new Request(`${ORIGIN}${path}`, { method, headers, body }));
}

async function newKey(slug: string): Promise<string> {
  await call("POST", "/v1/orgs", OPERATOR_KEY, JSON.stringify({ name: slug, slug }));
  const body = JSON.stringify({ name: "k", scopes: ["catalogue:write"] });
  const created = await call("POST", `/v1/orgs/${slug}/api-keys`, OPERATOR_KEY, body);
  return ((await created.json()) as { key: string }).key;
}

async function found(query: string): Promise<string[]> {
  const response = await call("GET", `/v1/search?q=${encodeURIComponent(query)}`, null);
  if (!response.ok) return [];
  return ((await response.json()) as { items: { id: string }[] }).items.map((item) => item.id);
}

describe("the Worker", () => {
  it("finds what was imported, and no longer what was deleted", async () => {
    const key = await newKey("workers-test");
    const lines = ["Walnut desk lamp", "Oak stool"].map((title, i) => JSON.stringify({ id: `w${i}`, title }));
    const imported = await call("POST", "/v1/products/import", key, lines.join("\n"), "application/x-ndjson");
    expect(await imported.json()).toMatchObject({ accepted: 2 });
    await vi.waitUntil(async () => (await found("walnut lamp")).includes("w0"), {
      timeout: 5_000,
      interval: 100,
    });
    expect((await call("DELETE", "/v1/products/w0", key)).status).toBe(204);
    await vi.waitUntil(async () => !(await found("walnut lamp")).includes("w0"), {
      timeout: 5_000,
      interval: 100,
    });
    expect(await found("stool")).toContain("w1");
  });

  it("ticks", async () => {
    const context = createExecutionContext();
    await worker.scheduled(createScheduledController(), env, context);
    await waitOnExecutionContext(context);
  });

  it("answers requests that come at once, each with a database client of its own", async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => call("GET", "/readyz", null)));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  });

  it("says that a setting is missing in the log, not in the answer", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
    const context = createExecutionContext();
    const answer = await worker.fetch(
      new Request(`${ORIGIN}/healthz`),
      { ...env, VITRINE_SECRET: undefined },
      context,
    );
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("VITRINE_SECRET");
    expect(lines.join()).toContain("VITRINE_SECRET is not set");
  });
});
