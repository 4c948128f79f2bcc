import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openApp, problemOf } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { addMember, addPerson } from "./people.ts";

let t: TestApp;
let acme: string;

beforeEach(async () => {
  t = await openApp();
  for (const person of ["ada", "bob"]) await addPerson(t.platform, person);
  acme = await found("ada", "acme");
});
afterEach(() => t.platform.close());

const tokens = new WeakMap<TestApp, Map<string, string>>();

async function tokenOf(person: string): Promise<string> {
  const known = tokens.get(t) ?? new Map<string, string>();
  tokens.set(t, known);
  const token = known.get(person) ?? signedToken(t.platform, await addSession(t.platform, person));
  known.set(person, token);
  return token;
}

async function send(by: string, method: string, path: string, body?: object, headers: object = {}) {
  return t.call(path, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(by)}`,
      "content-type": "application/json",
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
}

async function found(by: string, slug: string): Promise<string> {
  const response = await send(by, "POST", "/v1/orgs", { name: slug, slug });
  expect(response.status).toBe(201);
  const org = (await response.json()) as { id: string; role: string };
  expect(response.headers.get("location")).toBe(`/v1/orgs/${org.id}`);
  expect(org.role).toBe("owner");
  return org.id;
}

describe("what a change of members means", () => {
  test("holds at once where it was made: founding, joining, demoting, leaving", async () => {
    expect((await send("bob", "GET", "/v1/orgs/acme")).status).toBe(404);
    const added = await send("ada", "POST", "/v1/orgs/acme/members", {
      email: "bob@example.com",
      role: "admin",
    });
    expect(added.status).toBe(201);
    expect(added.headers.get("location")).toBe("/v1/orgs/acme/members/bob");
    expect((await send("bob", "GET", "/v1/orgs/acme/api-keys")).status).toBe(200);
    const changed = await send("ada", "PATCH", "/v1/orgs/acme/members/bob", { role: "analyst" });
    expect(await changed.json()).toMatchObject({ user_id: "bob", role: "analyst", status: "member" });
    expect((await send("bob", "GET", "/v1/orgs/acme/api-keys")).status).toBe(403);
    expect((await send("bob", "DELETE", "/v1/orgs/acme/members/bob")).status).toBe(204);
    expect((await send("bob", "GET", "/v1/orgs/acme")).status).toBe(404);
  });

  test("a new slug is good at once, and the old one is not", async () => {
    expect((await send("ada", "PATCH", "/v1/orgs/acme", { slug: "lamps" })).status).toBe(200);
    expect((await send("ada", "GET", "/v1/orgs/lamps")).status).toBe(200);
    expect((await send("ada", "GET", "/v1/orgs/acme")).status).toBe(404);
  });
});

describe("an invitation", () => {
  const body = { email: "New@Example.com", role: "member" };

  test("is answered with 202, listed, and withdrawn by its address", async () => {
    const response = await send("ada", "POST", "/v1/orgs/acme/members", body);
    expect(response.status).toBe(202);
    const invited = {
      user_id: null,
      name: null,
      email: "new@example.com",
      role: "member",
      status: "invited",
    };
    expect(await response.json()).toMatchObject(invited);
    const list = (await (await send("ada", "GET", `/v1/orgs/${acme}/members`)).json()) as { items: object[] };
    expect(list.items).toMatchObject([{ user_id: "ada", role: "owner", status: "member" }, invited]);
    const path = `/v1/orgs/acme/members/${encodeURIComponent("new@example.com")}`;
    expect((await send("ada", "DELETE", path)).status).toBe(204);
    expect((await send("ada", "DELETE", path)).status).toBe(404);
  });

  test("is replayed by its Idempotency-Key, which is of one person alone", async () => {
    await addMember(t.platform, acme, "bob", "admin");
    const headers = { "idempotency-key": "once" };
    const first = await send("ada", "POST", "/v1/orgs/acme/members", body, headers);
    const again = await send("ada", "POST", "/v1/orgs/acme/members", body, headers);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toBe(await first.text());
    const bobs = await send("bob", "POST", "/v1/orgs/acme/members", body, headers);
    expect(bobs.headers.get("idempotency-replayed")).toBeNull();
  });

  test.each([
    [{ email: "nobody", role: "member" }, "email"],
    [{ email: "a@example.com", role: "king" }, "role"],
    [{ email: "a@example.com" }, "role"],
  ])("of %j is a 422", async (bad, path) => {
    const problem = await problemOf(await send("ada", "POST", "/v1/orgs/acme/members", bad));
    expect(problem).toMatchObject({ status: 422, errors: [{ path }] });
  });
});

describe("a person's write of a product", () => {
  const lamp = { title: "Lamp" };

  test("is of the only organisation that allows it", async () => {
    const response = await send("ada", "PUT", "/v1/products/lamp", lamp);
    expect(await response.json()).toMatchObject({ id: "lamp", org: acme });
  });

  test("of several organisations is of the one that ?org= names", async () => {
    const second = await found("ada", "second");
    const problem = await problemOf(await send("ada", "PUT", "/v1/products/lamp", lamp));
    expect(problem).toMatchObject({ status: 422, errors: [{ path: "org" }] });
    const response = await send("ada", "PUT", "/v1/products/lamp?org=second", lamp);
    expect(await response.json()).toMatchObject({ org: second });
    expect((await send("ada", "PUT", "/v1/products/lamp?org=acme", lamp)).status).toBe(403);
    expect((await send("ada", "DELETE", `/v1/products/lamp?org=${second}`)).status).toBe(204);
  });

  test("is refused without a role that allows it, and for a foreign organisation", async () => {
    expect((await send("bob", "PUT", "/v1/products/lamp", lamp)).status).toBe(403);
    await found("bob", "other");
    expect((await send("bob", "PUT", "/v1/products/lamp?org=acme", lamp)).status).toBe(404);
  });
});

test("the log names the person, and neither name nor address", async () => {
  await send("ada", "GET", "/v1/orgs");
  const lines = t.platform.log.lines.filter(({ event }) => event === "request");
  expect(lines.at(-1)).toMatchObject({ actor: "user", user_id: "ada" });
  expect(JSON.stringify(lines)).not.toContain("ada@example.com");
});
