import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Collector } from "../operations/collector.ts";
import { freePort, until, type Started } from "../platform/process.ts";
import { startDeno } from "./start-deno.ts";

const OPERATOR_KEY = "operator-key-of-the-deno-test";

let state: string;
let url: string;
let deno: Started;
let collector: Collector;

beforeAll(async () => {
  collector = await Collector.open();
  state = mkdtempSync(join(tmpdir(), "vitrine-deno-"));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  deno = await startDeno(port, variables());
}, 60_000);

afterAll(() => {
  deno.kill();
  collector.close();
  rmSync(state, { recursive: true, force: true });
});

function variables(): Record<string, string> {
  return {
    VITRINE_STATE: state,
    OPERATOR_KEY,
    EMAIL_CONFIRMATION: "off",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
}

async function call(method: string, path: string, key: string | null, body?: unknown): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
    },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function found(query: string): Promise<string[]> {
  const response = await call("GET", `/v1/search?q=${encodeURIComponent(query)}`, null);
  if (!response.ok) return [];
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items.map((item) => item.id);
}

it("imports products over HTTP and finds them, also after a restart", { timeout: 90_000 }, async () => {
  expect((await call("POST", "/v1/orgs", OPERATOR_KEY, { name: "Deno", slug: "deno" })).status).toBe(201);
  const created = await call("POST", "/v1/orgs/deno/api-keys", OPERATOR_KEY, {
    name: "k",
    scopes: ["catalogue:write"],
  });
  const { key } = (await created.json()) as { key: string };
  const lines = ["Walnut desk lamp", "Oak stool", "Linen cushion"].map((title, i) =>
    JSON.stringify({ id: `d${i}`, title }),
  );
  const imported = await fetch(`${url}/v1/products/import`, {
    method: "POST",
    headers: { "Content-Type": "application/x-ndjson", Authorization: `Bearer ${key}` },
    body: lines.join("\n"),
  });
  expect(await imported.json()).toMatchObject({ accepted: 3 });
  await until("the lamp is found", async () => (await found("walnut lmap")).includes("d0"), 15_000);

  process.kill(-Number(deno.child.pid), "SIGTERM");
  await deno.ended;
  deno = await startDeno(Number(new URL(url).port), variables());
  await until("the stool is found", async () => (await found("stool")).includes("d1"), 15_000).catch(
    (e: unknown) => {
      throw new Error(`${String(e)} ${deno.output()}`);
    },
  );
});

it("writes while someone else reads the database's file", async () => {
  const outside = createClient({ url: `file:${join(state, "vitrine.db")}` });
  const reading = await outside.transaction("read");
  await reading.execute("SELECT count(*) FROM organisations");
  const written = await call("POST", "/v1/orgs", OPERATOR_KEY, { name: "Read", slug: "read" });
  reading.close();
  outside.close();
  expect(written.status).toBe(201);
});

it("signs people up, in and out", async () => {
  const account = { name: "Ada", email: "ada@deno.example", password: "correct horse battery" };
  expect((await call("POST", "/api/auth/sign-up/email", null, account)).status).toBe(200);
  const signedIn = await call("POST", "/api/auth/sign-in/email", null, account);
  expect(signedIn.headers.getSetCookie()[0]).toMatch(/^__Host-better-auth\.session_token=.*; Secure; /);
  const token = signedIn.headers.get("set-auth-token");
  expect(await (await call("GET", "/v1/me", token)).json()).toMatchObject({ email: account.email });
  expect((await call("POST", "/api/auth/sign-out", token)).status).toBe(200);
  expect((await call("GET", "/v1/me", token)).status).toBe(401);
});

it("serves the page and its files", async () => {
  const page = await call("GET", "/", null);
  expect(page.headers.get("Content-Type")).toContain("text/html");
  expect((await call("GET", "/favicon.svg", null)).headers.get("Content-Type")).toBe("image/svg+xml");
});

it("sends traces to a collector, and tells its metrics", async () => {
  await call("GET", "/v1/products/none", null);
  await until(
    "its span has come",
    async () => collector.spans.some(({ name }) => name === "GET /v1/products/:id"),
    10_000,
  );
  const text = await (await call("GET", "/metrics", OPERATOR_KEY)).text();
  expect(text).toMatch(
    /^vitrine_http_requests_total\{method="GET",route="\/v1\/products\/:id",status="4xx"\} 1$/m,
  );
  expect(text).toMatch(/^vitrine_queue_messages\{queue="jobs"\} \d+$/m);
  expect(text).not.toContain("vitrine_spans_lost_total");
});

it("counts events within 5 s, and shows them in the overview, the CSV and the page", async () => {
  const account = { name: "Grace", email: "grace@deno.example", password: "correct horse battery" };
  const signedUp = await call("POST", "/api/auth/sign-up/email", null, account);
  const token = signedUp.headers.get("set-auth-token");
  expect((await call("POST", "/v1/orgs", token, { name: "Counted", slug: "counted" })).status).toBe(201);
  const at = new Date().toISOString();
  const events = ["login", "page_view", "page_view"].map((type, i) => ({
    id: `e${i}`,
    type,
    user_id: "customer-1",
    user_name: "=Customer",
    at,
  }));
  const sent = await call("POST", "/v1/events", token, { events });
  expect(await sent.json()).toEqual({ accepted: 3, duplicates: 0, rejected: [] });
  await until("the events are counted", async () => (await totals(token)).page_views === 2, 5_000);
  expect(await totals(token)).toMatchObject({ logins: 1, active_users: 1 });
  const csv = await (await call("GET", "/v1/orgs/counted/users.csv", token)).text();
  expect(csv).toContain(`customer-1,'=Customer,1,2,0,${at}`);
  const [cookie] = signedUp.headers.getSetCookie();
  const page = await fetch(`${url}/orgs/counted`, { headers: { Cookie: cookie.split(";")[0] } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("=Customer");
});

async function totals(token: string | null): Promise<Record<string, number>> {
  const response = await call("GET", "/v1/orgs/counted/overview", token);
  return ((await response.json()) as { totals: Record<string, number> }).totals;
}
