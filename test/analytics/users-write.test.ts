import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newReceipt } from "../../src/ports/receipt.ts";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { problemOf } from "../http/open-app.ts";
import { NOW, openTenants, type Page, type Tenants } from "./users-fixture.ts";

let t: Tenants;
beforeEach(async () => {
  t = await openTenants();
});
afterEach(() => t.platform.close());

function put(id: string, body: unknown, headers = t.acme.headers, org = "acme"): Promise<Response> {
  return t.call(`/v1/orgs/${org}/users/${encodeURIComponent(id)}`, {
    method: "PUT",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function list(query = ""): Promise<Page["items"]> {
  return ((await (await t.get(`/users${query}`)).json()) as Page).items;
}

const NOTHING = { logins: 0, page_views: 0, activities: 0, last_activity: null };

describe("naming a user", () => {
  test("lists whom no event has named yet, and is seen at once", async () => {
    expect(await list()).toEqual([]);
    const response = await put("u/7 ü", { name: "  Ada Lovelace " });
    expect(response.status).toBe(200);
    const ada = { id: "u/7 ü", name: "Ada Lovelace", ...NOTHING };
    expect(await response.json()).toEqual(ada);
    expect(await list()).toEqual([ada]);
    expect(await list("?q=ADA")).toEqual([ada]);
  });

  test("keeps the counters, and moves the user in the list", async () => {
    await put("a", { name: "Zed" });
    await put("b", { name: "Mo" });
    await t.platform.client.execute("UPDATE org_users SET logins = 4, last_activity = 5 WHERE id = 'a'");
    const renamed = await (await put("a", { name: "Ada" })).json();
    expect(renamed).toMatchObject({ name: "Ada", logins: 4, last_activity: "1970-01-01T00:00:00.005Z" });
    expect((await list("?sort=name")).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("the same again changes no version", async () => {
    const versions = () => rowsOf(t, "SELECT version FROM analytics_orgs");
    await put("a", { name: "Ada" });
    const before = await versions();
    t.platform.clock.advance(5_000);
    await put("a", { name: "Ada" });
    expect(await versions()).toEqual(before);
    await put("a", { name: "ADA" });
    expect(await versions()).not.toEqual(before);
  });

  test("makes a visitor a user", async () => {
    await t.platform.client.execute({
      sql: "INSERT INTO org_users (org, id, sort_name, is_anonymous, page_views, created_at) SELECT number, 'v_1', 'v_1', 1, 3, 0 FROM organisations WHERE id = ?",
      args: [t.acme.orgId],
    });
    await put("v_1", { name: "Ada" });
    expect(await list()).toEqual([{ id: "v_1", name: "Ada", ...NOTHING, page_views: 3 }]);
  });

  test("costs one round trip beside the key's", async () => {
    await put("a", { name: "Ada" });
    const receipt = newReceipt();
    const init = {
      method: "PUT",
      headers: { ...t.acme.headers, "content-type": "application/json" },
      body: '{"name":"Bob"}',
    };
    await t.call("/v1/orgs/acme/users/a", init, { receipt });
    expect(receipt.dbTrips).toBe(1);
  });

  test.each([
    [{ name: "" }],
    [{ name: " " }],
    [{ name: "a\nb" }],
    [{ name: "a".repeat(201) }],
    [{ name: 7 }],
    [{}],
    [{ name: "a", logins: 7 }],
  ])("by %j is a 422", async (body) => {
    expect((await problemOf(await put("a", body))).status).toBe(422);
    expect(await list()).toEqual([]);
  });

  test.each(["\0", " ", "a\nb", "u".repeat(201)])("of the id %j is a 400", async (id) => {
    expect(await problemOf(await put(id, { name: "a" }))).toMatchObject({
      status: 400,
      errors: [{ path: "user" }],
    });
  });

  test("in another organisation is a 404, and changes nothing there", async () => {
    for (const org of ["rival", t.rival.orgId, "none"]) {
      expect((await put("a", { name: "Eve" }, t.acme.headers, org)).status).toBe(404);
    }
    expect(await rowsOf(t, "SELECT * FROM org_users")).toEqual([]);
    await put("a", { name: "Ada" });
    await put("a", { name: "Rival" }, t.rival.headers, "rival");
    expect(await list()).toMatchObject([{ name: "Ada" }]);
  });
});

describe("an import", () => {
  const send = (body: BodyInit, headers: Record<string, string> = {}) =>
    t.call("/v1/orgs/acme/users/import", {
      method: "POST",
      headers: { ...t.acme.headers, "content-type": "application/x-ndjson", ...headers },
      body,
      ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
    });

  test("takes the good lines and names the bad ones", async () => {
    const lines = [
      '{"id":"a","name":"Ada","created_at":"2025-01-02T03:04:05Z"}',
      "",
      "{not json",
      '{"id":"b"}',
      '{"name":"Nobody"}',
      '{"id":"c","name":"Cy","email":"c@x"}',
      '["a"]',
      '{"id":"d","name":"D\\u0000"}',
      '{"id":"e","name":"E","created_at":"2025-02-30T00:00:00Z"}',
      '{"id":"f","name":"F","created_at":"2027-01-01T00:00:00Z"}',
      `{"id":"g","name":"${"x".repeat(5_000)}"}`,
      '{"id":"a","name":"Ada L."}',
      '{"id":"z","name":null,"created_at":null}\r',
    ];
    const response = await send(lines.join("\n"));
    const { rejected, ...counts } = (await response.json()) as { rejected: { line: number; code: string }[] };
    expect(counts).toEqual({ accepted: 4, unchanged: 0, rejected_count: 8, last_line: 13 });
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [3, "invalid_json"],
      [5, "invalid_id"],
      [6, "unknown_field"],
      [7, "not_an_object"],
      [8, "invalid_name"],
      [9, "invalid_time"],
      [10, "in_future"],
      [11, "line_too_long"],
    ]);
    expect(await list("?sort=name")).toEqual([
      { id: "a", name: "Ada L.", ...NOTHING },
      { id: "b", name: null, ...NOTHING },
      { id: "z", name: null, ...NOTHING },
    ]);
    const created = await rowsOf(t, "SELECT created_at FROM org_users WHERE id = 'a'");
    expect(created).toEqual([{ created_at: Date.UTC(2025, 0, 2, 3, 4, 5) }]);
  });

  test("sent again changes nothing; a line without a name leaves the one that is known", async () => {
    await send('{"id":"a","name":"Ada"}\n{"id":"b","name":"Bob"}');
    t.platform.clock.advance(60_000);
    const again = await (await send('{"id":"a","name":"Ada"}\n{"id":"b"}\n{"id":"c"}')).json();
    expect(again).toMatchObject({ accepted: 3, unchanged: 2, rejected_count: 0 });
    expect((await list("?sort=name")).map(({ name }) => name)).toEqual(["Ada", "Bob", null]);
  });

  test("of 2,500 lines in any chunks costs three round trips", async () => {
    await t.get("/users");
    const text = Array.from({ length: 2_500 }, (_, i) => `{"id":"u${i}","name":"Ünal ${i}"}\n`).join("");
    const bytes = new TextEncoder().encode(text);
    let at = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes.slice(at, at + 997));
        at += 997;
        if (at >= bytes.length) controller.close();
      },
    });
    const response = await send(stream);
    expect(await response.json()).toMatchObject({ accepted: 2_500, rejected_count: 0, last_line: 2_500 });
    expect(response.headers.get("server-timing")).toContain('desc="3 trips"');
    expect(await rowsOf(t, "SELECT count(*) AS users FROM org_users")).toEqual([{ users: 2_500 }]);
  });

  test("takes gzip", async () => {
    const packed = new Blob(['{"id":"a","name":"Ada"}\n'])
      .stream()
      .pipeThrough(new CompressionStream("gzip"));
    const body = await new Response(packed).arrayBuffer();
    const response = await send(body, { "content-encoding": "gzip" });
    expect(await response.json()).toMatchObject({ accepted: 1 });
  });

  test("of a JSON array is a 422, of another type a 415", async () => {
    expect(await problemOf(await send('[{"id":"a"}]'))).toMatchObject({ code: "invalid_input" });
    const json = await send("{}", { "content-type": "application/json" });
    expect(await problemOf(json)).toMatchObject({ status: 415 });
  });

  test("that breaks off says what it kept", async () => {
    let sent = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) return controller.error(new Error("reset"));
        sent = true;
        controller.enqueue(new TextEncoder().encode('{"id":"a","name":"Ada"}\n{"id":"b'));
      },
    });
    const problem = await problemOf(await send(stream));
    expect(problem).toMatchObject({
      status: 400,
      detail: expect.stringContaining("1 users were accepted") as string,
    });
    expect(await list()).toMatchObject([{ id: "a" }]);
  });

  test("writes to the credential's organisation alone", async () => {
    const init = {
      method: "POST",
      headers: { ...t.acme.headers, "content-type": "application/x-ndjson" },
      body: '{"id":"a"}',
    };
    expect((await t.call("/v1/orgs/rival/users/import", init)).status).toBe(404);
    expect(await rowsOf(t, "SELECT * FROM org_users")).toEqual([]);
  });
});

test("names are given with the time, so that older events do not replace them", async () => {
  await put("a", { name: "Ada" });
  expect(await rowsOf(t, "SELECT named_at FROM org_users")).toEqual([{ named_at: NOW }]);
});
