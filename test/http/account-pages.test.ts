import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openApp, ORIGIN, type TestApp } from "./open-app.ts";

const PASSWORD = "a quiet harbour at noon";
const LIMITS = {
  read: { limit: 600, windowSeconds: 60 },
  write: { limit: 120, windowSeconds: 60 },
  sensitive: { limit: 3, windowSeconds: 60 },
};

function form(fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields), headers: { origin: ORIGIN, ...headers } };
}

async function signUp({ call }: TestApp, email: string): Promise<string> {
  const answer = await call("/sign-up", form({ name: "Ada", email, password: PASSWORD }));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/orgs"]);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
}

describe("account pages", () => {
  let test: TestApp;
  let cookie: string;
  beforeAll(async () => {
    test = await openApp();
    cookie = await signUp(test, "ada@shop.example");
  });
  afterAll(() => test.platform.close());

  it("show a new organisation in an isolate that knew its owner before", async () => {
    const elsewhere = { isolate: newIsolate() };
    expect((await test.call("/orgs", { headers: { cookie } }, elsewhere)).status).toBe(200);
    const created = await test.call("/orgs", form({ name: "Norrvik", slug: "norrvik" }, { cookie }));
    const members = created.headers.get("location") ?? "";
    expect([created.status, members]).toEqual([303, "/orgs/norrvik/members"]);
    expect((await test.call(members, { headers: { cookie } }, elsewhere)).status).toBe(200);
  });

  it("answer with a page where the method or the address is not known", async () => {
    const gone = await test.call("/orgs/no-such-org/keys", { headers: { cookie } });
    expect([gone.status, gone.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
    expect((await test.call("/sign-out", { headers: { cookie } })).headers.get("location")).toBe("/account");
  });

  it("lead to the sign-in page and back, whatever the method", async () => {
    const got = await test.call("/orgs/norrvik/keys?cursor=x");
    expect([got.status, got.headers.get("location")]).toEqual([
      303,
      "/sign-in?next=%2Forgs%2Fnorrvik%2Fkeys%3Fcursor%3Dx",
    ]);
    const posted = await test.call("/orgs/norrvik/keys", form({ do: "create" }));
    expect([posted.status, posted.headers.get("location")]).toEqual([
      303,
      "/sign-in?next=%2Forgs%2Fnorrvik%2Fkeys",
    ]);
  });

  it("are kept by no cache, and the shop's by its reader's browser alone", async () => {
    const caches = async (path: string, init: RequestInit) =>
      (await test.call(path, init)).headers.get("cache-control");
    expect(await caches("/orgs", { headers: { cookie } })).toBe("no-store");
    expect(await caches("/sign-in", {})).toBe("no-store");
    expect(await caches("/", { headers: { cookie } })).toBe("private, no-cache");
    expect(await caches("/", {})).toBe("public, no-cache");
    expect((await test.call("/", {})).headers.get("vary")).toContain("Cookie");
  });

  it("change nothing for a form of another site", async () => {
    const foreign = { cookie, origin: "https://evil.example" };
    const answer = await test.call("/orgs", form({ name: "Evil", slug: "evil" }, foreign));
    expect(answer.status).toBe(403);
    expect(await (await test.call("/orgs", { headers: { cookie } })).text()).not.toContain("Evil");
    const out = await test.call("/sign-out", form({}, foreign));
    expect(out.status).toBe(403);
    expect((await test.call("/orgs", { headers: { cookie } })).status).toBe(200);
  });
});

describe("the sign-in form", () => {
  it("is counted like the API, and keeps the address where there were too many attempts", async () => {
    const test = await openApp({ config: { rateLimits: true }, rateLimits: LIMITS });
    const attempt = (password: string) =>
      test.call("/sign-in", form({ email: "ada@shop.example", password }));
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await attempt("wrong password")).status);
    expect(statuses).toEqual([401, 401, 401]);
    const refused = await attempt("wrong password");
    const html = await refused.text();
    expect(refused.status).toBe(429);
    expect(html).toContain("There were too many attempts");
    expect(html).toContain('value="ada@shop.example"');
    expect(html).not.toContain("wrong password");
    test.platform.close();
  });
});
