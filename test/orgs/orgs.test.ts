import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { openApp, operatorHeaders, problemOf } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

let t: TestApp;
let lastSlug = 0;

beforeAll(async () => {
  t = await openApp();
});
afterAll(() => t.platform.close());

function send(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  return t.call(path, {
    method,
    headers: { ...operatorHeaders(t.platform), "content-type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
}

async function newOrg(): Promise<{ id: string; slug: string }> {
  const slug = `org-${++lastSlug}`;
  const response = await send("POST", "/v1/orgs", { name: "Acme", slug });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; slug: string };
}

describe("an organisation", () => {
  test("is found by its id and by its slug", async () => {
    const org = await newOrg();
    for (const name of [org.id, org.slug]) {
      const response = await send("GET", `/v1/orgs/${name}`);
      expect(await response.json()).toEqual({
        id: org.id,
        slug: org.slug,
        name: "Acme",
        created_at: "2026-01-02T03:04:05.000Z",
        role: null,
      });
    }
    expect((await send("GET", "/v1/orgs/none")).status).toBe(404);
  });

  test("of a taken slug is a 409", async () => {
    const { slug } = await newOrg();
    const problem = await problemOf(await send("POST", "/v1/orgs", { name: "Other", slug }));
    expect(problem).toMatchObject({ status: 409, code: "conflict" });
  });

  test.each([
    [{ name: "A", slug: "" }, "slug"],
    [{ name: "A", slug: "Acme" }, "slug"],
    [{ name: "A", slug: "-a" }, "slug"],
    [{ name: "A", slug: "org_1" }, "slug"],
    [{ name: "A", slug: "a".repeat(64) }, "slug"],
    [{ name: " ", slug: "a" }, "name"],
    [{ name: "a\0b", slug: "a" }, "name"],
    [{ name: "a".repeat(201), slug: "a" }, "name"],
    [{ slug: "a" }, "name"],
    [{ name: 7, slug: "a" }, "name"],
  ])("of %j is a 422", async (body, path) => {
    const problem = await problemOf(await send("POST", "/v1/orgs", body));
    expect(problem).toMatchObject({ status: 422, errors: [{ path }] });
  });

  test("is listed page by page, each once, the oldest first", async () => {
    for (let i = 0; i < 5; i++) {
      t.platform.clock.advance(1);
      await newOrg();
    }
    const seen: string[] = [];
    let path: string | null = "/v1/orgs?limit=2";
    while (path !== null) {
      const response: Response = await send("GET", path);
      const page = (await response.json()) as { items: { id: string }[]; next_cursor: string | null };
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      path = page.next_cursor && `/v1/orgs?limit=2&cursor=${page.next_cursor}`;
    }
    const stored = await rowsOf(t, "SELECT id FROM organisations ORDER BY id");
    expect(seen).toEqual(stored.map(({ id }) => id));
  });

  test.each(["forged", "AAAA", "a".repeat(100)])("the cursor %j is a 400", async (cursor) => {
    const problem = await problemOf(await send("GET", `/v1/orgs?cursor=${cursor}`));
    expect(problem).toMatchObject({ status: 400, code: "bad_cursor" });
  });

  test("is, alone, what its key sees", async () => {
    expect((await t.call("/v1/orgs")).status).toBe(401);
    const { id, slug } = await newOrg();
    const other = await newOrg();
    const created = await send("POST", `/v1/orgs/${slug}/api-keys`, {
      name: "k",
      scopes: ["catalogue:write"],
    });
    const { key } = (await created.json()) as { key: string };
    const asKey = { authorization: `Bearer ${key}` };
    const list = await (await send("GET", "/v1/orgs", undefined, asKey)).json();
    expect(list).toMatchObject({ items: [{ id, slug, role: null }], next_cursor: null });
    expect((await send("GET", `/v1/orgs/${id}`, undefined, asKey)).status).toBe(200);
    expect((await send("GET", `/v1/orgs/${other.slug}`, undefined, asKey)).status).toBe(404);
    expect((await send("PATCH", `/v1/orgs/${slug}`, { name: "b" }, asKey)).status).toBe(403);
    expect((await send("POST", "/v1/orgs", { name: "a", slug: "b" }, asKey)).status).toBe(403);
    expect((await send("GET", `/v1/orgs/${slug}/api-keys`, undefined, asKey)).status).toBe(403);
  });
});

describe("an API key", () => {
  const good = { name: "Importer", scopes: ["stats:read", "catalogue:write", "stats:read"] };

  test("shows its secret once, and the database never holds it", async () => {
    const { slug, id } = await newOrg();
    const response = await send("POST", `/v1/orgs/${slug}/api-keys`, good);
    const created = (await response.json()) as { key: string; id: string };
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(created.key).toMatch(/^vk_[A-Za-z0-9_-]{40}$/);
    const list = await (await send("GET", `/v1/orgs/${id}/api-keys`)).json();
    expect(list).toEqual({
      items: [
        {
          id: created.id,
          org: id,
          name: "Importer",
          prefix: created.key.slice(0, 9),
          scopes: ["catalogue:write", "stats:read"],
          created_at: expect.any(String) as string,
          revoked_at: null,
          last_used_at: null,
          ends_at: null,
        },
      ],
      next_cursor: null,
    });
    expect(JSON.stringify(await rowsOf(t, "SELECT * FROM api_keys"))).not.toContain(created.key.slice(9));
  });

  test("is replayed by its Idempotency-Key, and made once", async () => {
    const { slug } = await newOrg();
    const create = () => send("POST", `/v1/orgs/${slug}/api-keys`, good, { "idempotency-key": "once" });
    const [first, second] = [await (await create()).text(), await (await create()).text()];
    expect(second).toBe(first);
    const { items } = (await (await send("GET", `/v1/orgs/${slug}/api-keys`)).json()) as { items: unknown[] };
    expect(items).toHaveLength(1);
    const stored = JSON.stringify(await rowsOf(t, "SELECT answer FROM idempotency_keys"));
    expect(stored).not.toContain((JSON.parse(first) as { key: string }).key);
  });

  test("revoked stays in the list with its time; again changes nothing", async () => {
    const { slug } = await newOrg();
    const { id } = (await (await send("POST", `/v1/orgs/${slug}/api-keys`, good)).json()) as { id: string };
    const revokedAt = new Date(t.platform.clock.now()).toISOString();
    for (let i = 0; i < 2; i++) {
      expect((await send("DELETE", `/v1/orgs/${slug}/api-keys/${id}`)).status).toBe(204);
      t.platform.clock.advance(1_000);
    }
    const list = await (await send("GET", `/v1/orgs/${slug}/api-keys`)).json();
    expect(list).toMatchObject({ items: [{ revoked_at: revokedAt }] });
  });

  test("of another organisation is not there to be revoked", async () => {
    const [one, other] = [await newOrg(), await newOrg()];
    const created = await send("POST", `/v1/orgs/${one.slug}/api-keys`, good);
    const { id, key } = (await created.json()) as { id: string; key: string };
    expect((await send("DELETE", `/v1/orgs/${other.slug}/api-keys/${id}`)).status).toBe(404);
    const headers = { authorization: `Bearer ${key}` };
    expect((await send("PUT", "/v1/products/x", { title: "a" }, headers)).status).toBe(201);
  });

  test.each([
    [{ name: "k", scopes: [] }],
    [{ name: "k", scopes: ["root"] }],
    [{ name: "k" }],
    [{ name: "", scopes: ["catalogue:write"] }],
    [{ name: "k", scopes: ["catalogue:write"], org: "other" }],
  ])("of %j is a 422", async (body) => {
    const { slug } = await newOrg();
    expect((await send("POST", `/v1/orgs/${slug}/api-keys`, body)).status).toBe(422);
  });

  test("of an unknown organisation is a 404", async () => {
    expect((await send("POST", "/v1/orgs/none/api-keys", good)).status).toBe(404);
    expect((await send("GET", "/v1/orgs/none/api-keys")).status).toBe(404);
  });

  test("without the scope writes no product", async () => {
    const { slug } = await newOrg();
    const created = await send("POST", `/v1/orgs/${slug}/api-keys`, { name: "k", scopes: ["stats:read"] });
    const { key } = (await created.json()) as { key: string };
    const response = await send("PUT", "/v1/products/y", { title: "a" }, { authorization: `Bearer ${key}` });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: "forbidden" });
  });
});
