import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemOf } from "../http/open-app.ts";
import { openCatalogue, rowsOf } from "./open-catalogue.ts";
import type { Catalogue } from "./open-catalogue.ts";

let t: Catalogue;
let lastId = 0;

beforeAll(async () => {
  t = await openCatalogue();
});
afterAll(() => t.platform.close());

const lamp = {
  title: "Lamp",
  brand: "Acme",
  price: { amount: 1999, currency: "USD" },
  attributes: { color: "red" },
};

/** A product of acme under an id of its own. */
async function newLamp(fields: object = {}): Promise<{ path: string; id: string; etag: string }> {
  const id = `lamp-${++lastId}`;
  const path = `/v1/products/${id}`;
  const response = await t.send("PUT", path, { ...lamp, ...fields });
  expect(response.status).toBe(201);
  return { path, id, etag: response.headers.get("etag") ?? "" };
}

async function seqOf(id: string): Promise<unknown> {
  return (await rowsOf(t, `SELECT seq, version FROM products WHERE id = '${id}'`))[0];
}

describe("PUT", () => {
  test("creates a product that anyone can read, whole", async () => {
    const { id, path } = await newLamp();
    const response = await t.call(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ...lamp,
      id,
      org: t.acme.orgId,
      description: "",
      category: [],
      rating: null,
      rating_count: 0,
      in_stock: true,
      image_id: null,
      image_url: null,
      updated_at: "2026-01-02T03:04:05.000Z",
      version: 1,
    });
  });

  test("replaces the whole of it and counts the version on", async () => {
    const { path } = await newLamp();
    const response = await t.send("PUT", path, { title: "Desk lamp" });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { title: "Desk lamp", brand: null, attributes: {}, version: 2 },
    ]);
  });

  test("of the same content changes neither version nor place in the order of changes", async () => {
    const { id, path, etag } = await newLamp();
    const before = await seqOf(id);
    const counter = await rowsOf(t, "SELECT value FROM change_counter");
    const response = await t.send("PUT", path, lamp);
    expect([response.status, response.headers.get("etag")]).toEqual([200, etag]);
    expect(await seqOf(id)).toEqual(before);
    expect(await rowsOf(t, "SELECT value FROM change_counter")).toEqual(counter);
  });

  test("takes back what GET answered, unchanged", async () => {
    const { path, etag } = await newLamp();
    const read = await (await t.call(path)).json();
    expect((await t.send("PUT", path, read)).headers.get("etag")).toBe(etag);
  });

  test("puts each change after the one before", async () => {
    const first = await newLamp();
    const second = await newLamp();
    await t.send("PUT", first.path, { title: "Later" });
    const rows = await rowsOf(t, "SELECT id FROM products ORDER BY seq DESC LIMIT 2");
    expect(rows.map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  test("of another organisation's id is a 403, and changes nothing", async () => {
    const { path, etag } = await newLamp();
    const problem = await problemOf(await t.send("PUT", path, { title: "Mine" }, t.rival.headers));
    expect(problem).toMatchObject({ status: 403, code: "forbidden" });
    expect((await t.call(path)).headers.get("etag")).toBe(etag);
  });

  test("with bad fields is a 422 that names each", async () => {
    const problem = await problemOf(await t.send("PUT", "/v1/products/bad", { title: "", price: "19.99" }));
    expect(problem).toMatchObject({ status: 422, errors: [{ path: "title" }, { path: "price" }] });
  });

  test("with another id in its body is a 422", async () => {
    const problem = await problemOf(await t.send("PUT", "/v1/products/one", { ...lamp, id: "other" }));
    expect(problem).toMatchObject({ status: 422, errors: [{ path: "id" }] });
  });

  test.each([["{"], ["not json"], ['{"title": "a",}']])("of %j is a 400", async (body) => {
    expect(await problemOf(await t.send("PUT", "/v1/products/bad", body))).toMatchObject({ status: 400 });
  });

  test("needs one round trip", async () => {
    const { path } = await newLamp();
    const response = await t.send("PUT", path, { title: "Another" });
    expect(response.headers.get("server-timing")).toContain('desc="1 trip"');
  });

  test("notes the use of its key", async () => {
    await newLamp();
    const [row] = await rowsOf(t, `SELECT last_used_at FROM api_keys WHERE org_id = '${t.acme.orgId}'`);
    expect(row.last_used_at).toBe(t.platform.clock.now());
  });
});

describe("If-Match and If-None-Match", () => {
  test("the present ETag lets a PUT through, a past one is a 412", async () => {
    const { path, etag } = await newLamp();
    expect((await t.send("PUT", path, { title: "Second" }, { "if-match": etag })).status).toBe(200);
    const problem = await problemOf(await t.send("PUT", path, { title: "Third" }, { "if-match": etag }));
    expect(problem).toMatchObject({ status: 412, code: "precondition_failed" });
    expect(await (await t.call(path)).json()).toMatchObject({ title: "Second", version: 2 });
  });

  test.each(["W/TAG", '"other"', '"p.1"', "garbage", ""])("the tag %j matches nothing", async (given) => {
    const { path, etag } = await newLamp();
    const response = await t.send("PUT", path, { title: "x" }, { "if-match": given.replace("TAG", etag) });
    expect(response.status).toBe(412);
  });

  test("one of several tags is enough", async () => {
    const { path, etag } = await newLamp();
    const response = await t.send("PATCH", path, { title: "x" }, { "if-match": `"a", ${etag}` });
    expect(response.status).toBe(200);
  });

  test("If-Match on what does not exist creates nothing", async () => {
    for (const tag of ["*", '"p.1.1"']) {
      const path = `/v1/products/none-${++lastId}`;
      expect((await t.send("PUT", path, lamp, { "if-match": tag })).status).toBe(412);
      expect((await t.call(path)).status).toBe(404);
    }
  });

  test("If-None-Match: * creates only, again after a deletion", async () => {
    const { path } = await newLamp();
    const create = () => t.send("PUT", path, { title: "New" }, { "if-none-match": "*" });
    expect((await create()).status).toBe(412);
    await t.send("DELETE", path);
    expect((await create()).status).toBe(201);
  });

  test("a DELETE of a past state is a 412 and deletes nothing", async () => {
    const { path } = await newLamp();
    expect((await t.send("DELETE", path, undefined, { "if-match": '"p.9.9"' })).status).toBe(412);
    expect((await t.call(path)).status).toBe(200);
  });

  test("of two writers with one ETag, one wins", async () => {
    const { path, etag } = await newLamp();
    const writes = ["a", "b", "c"].map((title) => t.send("PUT", path, { title }, { "if-match": etag }));
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412, 412]);
  });
});

describe("PATCH", () => {
  test("changes what it names, merges objects, and takes away what is null", async () => {
    const { path } = await newLamp();
    const patch = { title: "Green lamp", brand: null, attributes: { color: "green", watts: 7 } };
    const response = await t.send("PATCH", path, patch, { "content-type": "application/merge-patch+json" });
    expect(await response.json()).toMatchObject({
      title: "Green lamp",
      brand: null,
      price: lamp.price,
      attributes: { color: "green", watts: 7 },
      version: 2,
    });
  });

  test("an attribute of null goes, the others stay", async () => {
    const { path } = await newLamp({ attributes: { color: "red", watts: 7 } });
    const response = await t.send("PATCH", path, { attributes: { color: null } });
    expect(await response.json()).toMatchObject({ attributes: { watts: 7 } });
    expect(await (await t.call(path)).json()).not.toHaveProperty("attributes.color");
  });

  test("that changes nothing keeps the version", async () => {
    const { path, etag } = await newLamp();
    expect((await t.send("PATCH", path, {})).headers.get("etag")).toBe(etag);
  });

  test("of a missing or deleted product is a 404, of another's a 403", async () => {
    const { path } = await newLamp();
    expect((await t.send("PATCH", path, {}, t.rival.headers)).status).toBe(403);
    await t.send("DELETE", path);
    expect((await t.send("PATCH", path, {})).status).toBe(404);
    expect((await t.send("PATCH", "/v1/products/none", {})).status).toBe(404);
  });

  test.each([
    ["null", "null"],
    ["a list", "[]"],
    ["a title taken away", '{"title": null}'],
    ["another id", '{"id": "other"}'],
    ["an unknown field", '{"colour": "red"}'],
    ["__proto__", '{"__proto__": {"title": "x"}}'],
    ["an attribute __proto__", '{"attributes": {"__proto__": "x"}}'],
    ["objects without end", `${'{"attributes":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ])("of %s is a 422, and changes nothing", async (_, patch) => {
    const { path, etag } = await newLamp();
    expect((await t.send("PATCH", path, patch)).status).toBe(422);
    expect((await t.call(path)).headers.get("etag")).toBe(etag);
  });

  test("patches at once of different fields all hold", async () => {
    const { path } = await newLamp();
    const patches = [{ title: "New" }, { brand: "New" }];
    const statuses = await Promise.all(
      patches.map(async (patch) => (await t.send("PATCH", path, patch)).status),
    );
    expect(statuses).toEqual([200, 200]);
    expect(await (await t.call(path)).json()).toMatchObject({ title: "New", brand: "New", version: 3 });
  });
});

describe("DELETE", () => {
  test("leaves a tombstone without content, newest in the order of changes", async () => {
    const { id, path } = await newLamp({ description: "secret" });
    expect((await t.send("DELETE", path)).status).toBe(204);
    expect(await problemOf(await t.call(path))).toMatchObject({ status: 404, code: "not_found" });
    const [row] = await rowsOf(t, "SELECT * FROM products ORDER BY seq DESC LIMIT 1");
    expect(row).toMatchObject({ id, org_id: t.acme.orgId, title: "", description: "", version: 2 });
    expect(row.deleted_at).toBe(t.platform.clock.now());
  });

  test("again is a 404", async () => {
    const { path } = await newLamp();
    await t.send("DELETE", path);
    expect((await t.send("DELETE", path)).status).toBe(404);
  });

  test("of another organisation's product is a 403", async () => {
    const { path } = await newLamp();
    expect((await t.send("DELETE", path, undefined, t.rival.headers)).status).toBe(403);
    expect((await t.call(path)).status).toBe(200);
  });

  test("keeps the id for its organisation, whose next product of it goes on in version", async () => {
    const { path } = await newLamp();
    await t.send("DELETE", path);
    expect((await t.send("PUT", path, lamp, t.rival.headers)).status).toBe(403);
    const again = await t.send("PUT", path, lamp);
    expect([again.status, await again.json()]).toMatchObject([201, { version: 3 }]);
  });
});

describe("GET", () => {
  test("answers 304 to the present ETag and 200 to a past one", async () => {
    const { path, etag } = await newLamp();
    const ask = () => t.call(path, { headers: { "if-none-match": etag } });
    expect((await ask()).status).toBe(304);
    await t.send("PATCH", path, { title: "Changed" });
    expect((await ask()).status).toBe(200);
  });

  test("may be stored, and is asked for again each time", async () => {
    const { path } = await newLamp();
    expect((await t.call(path)).headers.get("cache-control")).toBe("public, no-cache");
  });

  test("of an unknown id is a 404, of what is no id a 400", async () => {
    expect((await t.call("/v1/products/none")).status).toBe(404);
    expect((await t.call("/v1/products/a%20b")).status).toBe(400);
    expect((await t.call(`/v1/products/${"x".repeat(129)}`)).status).toBe(400);
  });
});

describe("GET /v1/products", () => {
  test("gives each product once, in the order of ids, deleted ones left out", async () => {
    const made = await Promise.all(Array.from({ length: 7 }, () => newLamp()));
    await t.send("DELETE", made[3].path, undefined);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const path = `/v1/products?org=${t.acme.orgId}&limit=3${cursor === "" ? "" : `&cursor=${cursor}`}`;
      const page = (await (await t.call(path)).json()) as {
        items: { id: string }[];
        next_cursor: string | null;
      };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(made.map(({ id }) => seen.includes(id))).toEqual([true, true, true, false, true, true, true]);
  });

  test("gives nothing of an organisation that is not there, and refuses another list's cursor", async () => {
    expect(await (await t.call("/v1/products?org=org_none")).json()).toEqual({
      items: [],
      next_cursor: null,
    });
    await Promise.all([newLamp(), newLamp()]);
    const first = (await (await t.call("/v1/products?limit=1")).json()) as { next_cursor: string };
    const foreign = await t.call(`/v1/products?org=${t.acme.orgId}&cursor=${first.next_cursor}`);
    expect(foreign.status).toBe(400);
    expect(await problemOf(foreign)).toMatchObject({ code: "bad_cursor" });
  });
});
