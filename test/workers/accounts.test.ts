import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
// Before the first request: the runner, unlike a bundle, loads modules by I/O, which one request cannot do for another.
import "../../src/services/accounts/better-auth.ts";
import { ScryptPasswords } from "../../src/platform/memory/passwords.ts";

const ORIGIN = "https://vitrine.test";
const PASSWORD = "correct horse battery";

function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const given = body === undefined ? headers : { "content-type": "application/json", ...headers };
  const init = { method, headers: given, body: body === undefined ? undefined : JSON.stringify(body) };
  return exports.default.fetch(new Request(`${ORIGIN}${path}`, init));
}

const signUp = (name: string) =>
  call("POST", "/api/auth/sign-up/email", { name, email: `${name}@workers.example`, password: PASSWORD });

describe("accounts in workerd", () => {
  it("sign up, in and out", async () => {
    const up = await signUp("ada");
    expect(up.status).toBe(200);
    const credentials = { email: "ada@workers.example", password: PASSWORD };
    const signedIn = await call("POST", "/api/auth/sign-in/email", credentials);
    const authorization = `Bearer ${signedIn.headers.get("set-auth-token")}`;
    const me = await call("GET", "/v1/me", undefined, { authorization });
    expect(await me.json()).toMatchObject({ name: "ada", email: credentials.email });
    const cookie = String(signedIn.headers.getSetCookie()[0]).split(";")[0];
    expect((await call("GET", "/v1/me", undefined, { cookie })).status).toBe(200);
    expect((await call("POST", "/api/auth/sign-out", undefined, { authorization })).status).toBe(200);
    expect((await call("GET", "/v1/me", undefined, { authorization })).status).toBe(401);
  });

  it("answer many at once, none waiting for another's work", async () => {
    const names = Array.from({ length: 6 }, (_, i) => `person-${i}`);
    const answers = await Promise.all(names.map(signUp));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    const tokens = answers.map(({ headers }) => `Bearer ${headers.get("set-auth-token")}`);
    const all = tokens.flatMap((authorization) =>
      Array.from({ length: 4 }, () => call("GET", "/v1/me", undefined, { authorization })),
    );
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(all.map(() => 200));
  });

  it("refuse a wrong password", async () => {
    const credentials = { email: "person-0@workers.example", password: "wrong password" };
    expect((await call("POST", "/api/auth/sign-in/email", credentials)).status).toBe(401);
  });

  it("hash as Node does", async () => {
    const passwords = new ScryptPasswords();
    const hash = await passwords.hash(PASSWORD);
    expect(hash).toMatch(/^\$scrypt\$n=16384,r=8,p=5\$/);
    expect(await passwords.verify(PASSWORD, hash)).toBe(true);
    expect(await passwords.verify("another", hash)).toBe(false);
    const madeInNode =
      "$scrypt$n=16384,r=8,p=5$PQO2DTQfWjfqmxtM9WfOwA$KPgea8__l51MXq9hxbkXprONCk_hli4CiU5klw5tnj0";
    expect(await passwords.verify(PASSWORD, madeInNode)).toBe(true);
  });
});
