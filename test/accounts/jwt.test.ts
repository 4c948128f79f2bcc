import { createHmac } from "node:crypto";
import { exportSPKI, importJWK } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openApp, problemOf, type TestApp } from "../http/open-app.ts";
import { newSigner, TestIssuer, tokenOf, type Signer } from "./issuer.ts";
import { callAndSettle, signUp } from "./people.ts";

let signers: Signer[];
let rsa: Signer;
let issuer: TestIssuer;
let t: TestApp;

beforeAll(async () => {
  const made = [newSigner("rsa", "RS256"), newSigner("pss", "PS256"), newSigner("ec", "ES256")];
  signers = await Promise.all([...made, newSigner("ed", "EdDSA")]);
  [rsa] = signers;
});
beforeEach(async () => {
  issuer = await TestIssuer.open(signers);
  t = await openApp({ config: { jwtIssuers: [issuer.config] } });
});
afterEach(async () => {
  t.platform.close();
  await issuer.close();
});

async function ask(token: string, overrides = {}) {
  const headers = { authorization: `Bearer ${token}` };
  return callAndSettle(t, "/v1/me", { headers }, overrides);
}
const statusOf = async (token: string) => (await ask(token)).response.status;
const now = () => t.platform.clock.now();
const seconds = () => Math.floor(now() / 1_000);

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

test("a person of an issuer is known by any algorithm it may use", async () => {
  for (const signer of signers) {
    const { response } = await ask(await tokenOf(signer, now(), { sub: signer.kid, name: "Ada" }));
    expect(await response.json()).toMatchObject({ name: "Ada", memberships: [] });
  }
  expect(issuer.asked).toBe(1);
});

test("the hot path makes no round trip and asks the issuer nothing", async () => {
  const token = await tokenOf(rsa, now());
  await ask(token);
  expect((await ask(token)).trips).toBe(0);
  expect((await ask(token, { isolate: newIsolate() })).trips).toBe(0);
  expect(issuer.asked).toBe(2);
});

describe("a token is refused", () => {
  const refused: Record<string, () => Promise<string>> = {
    "that has expired": () => tokenOf(rsa, now(), { exp: seconds() - 61 }),
    "that never expires": () => tokenOf(rsa, now(), { exp: undefined }),
    "that is not valid yet": () => tokenOf(rsa, now(), { nbf: seconds() + 61 }),
    "of the future": () => tokenOf(rsa, now(), { iat: seconds() + 61 }),
    "of the day before yesterday": () =>
      tokenOf(rsa, now(), { iat: seconds() - 86_461, exp: seconds() + 3_600 }),
    "without its time": () => tokenOf(rsa, now(), { iat: undefined }),
    "for another audience": () => tokenOf(rsa, now(), { aud: "another" }),
    "for no audience": () => tokenOf(rsa, now(), { aud: undefined }),
    "of another issuer": () => tokenOf(rsa, now(), { iss: "https://evil.example" }),
    "of an issuer with a slash more": () => tokenOf(rsa, now(), { iss: "https://issuer.example/" }),
    "of nobody": () => tokenOf(rsa, now(), { sub: "" }),
    "without a subject": () => tokenOf(rsa, now(), { sub: undefined }),
    "with an unknown key": () => tokenOf(rsa, now(), {}, { kid: "unknown" }),
    "with another key's id": () => tokenOf(rsa, now(), {}, { kid: "ec" }),
    "by another's key of that id": async () => tokenOf(await newSigner("rsa", "RS256"), now()),
    "with a critical header": () => tokenOf(rsa, now(), {}, { crit: ["exp"] }).catch(() => "a.b.c"),
    "with `alg: none`": async () => {
      const [, payload] = (await tokenOf(rsa, now())).split(".");
      return `${part({ alg: "none", kid: "rsa" })}.${payload}.`;
    },
    "with `alg: none` and a signature": async () => {
      const [, payload, signature] = (await tokenOf(rsa, now())).split(".");
      return `${part({ alg: "none" })}.${payload}.${signature}`;
    },
    "by HS256 over the public key": async () => {
      const key = await importJWK(rsa.jwk, "RS256", { extractable: true });
      const pem = await exportSPKI(key as CryptoKey);
      const [, payload] = (await tokenOf(rsa, now())).split(".");
      const input = `${part({ alg: "HS256", typ: "JWT", kid: "rsa" })}.${payload}`;
      return `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
    },
    "with another payload": async () => {
      const [header, , signature] = (await tokenOf(rsa, now())).split(".");
      const payload = part({
        iss: "https://issuer.example",
        aud: "vitrine",
        sub: "admin",
        exp: 4e9,
        iat: seconds(),
      });
      return `${header}.${payload}.${signature}`;
    },
    "that is not JSON": async () => "e30.bm90IGpzb24.c2ln",
  };

  test.each(Object.entries(refused))("%s", async (_, make) => {
    const { response } = await ask(await make());
    expect(await problemOf(response)).toMatchObject({ status: 401, code: "unauthorized" });
    const { rows } = await t.platform.client.execute("SELECT * FROM users");
    expect(rows).toEqual([]);
  });

  test("by an algorithm the issuer may not use", async () => {
    t.platform.config.jwtIssuers = [{ ...issuer.config, algorithms: ["ES256"] }];
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(401);
    expect(await statusOf(await tokenOf(signers[2], now()))).toBe(200);
  });

  test("where no issuer is trusted", async () => {
    t.platform.config.jwtIssuers = [];
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(401);
    expect(issuer.asked).toBe(0);
  });
});

test("clocks may differ by a minute", async () => {
  const near = { exp: seconds() - 58, nbf: seconds() + 58, iat: seconds() + 58 };
  expect(await statusOf(await tokenOf(rsa, now(), near))).toBe(200);
});

test("a token ends with its expiry, though the person is remembered", async () => {
  const token = await tokenOf(rsa, now(), { exp: seconds() + 10 });
  expect(await statusOf(token)).toBe(200);
  t.platform.clock.advance(70_001);
  expect(await problemOf((await ask(token)).response)).toMatchObject({ detail: "The token has expired" });
});

describe("the issuer's keys", () => {
  test("are asked for again after 10 minutes, and at an unknown id at most every 30 s", async () => {
    await ask(await tokenOf(rsa, now()));
    const rotated = await newSigner("next", "ES256");
    issuer.keys = [rotated.jwk];
    const token = await tokenOf(rotated, now());
    expect(await statusOf(token)).toBe(401);
    expect(issuer.asked).toBe(1);
    t.platform.clock.advance(30_000);
    expect(await statusOf(token)).toBe(200);
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(401);
    expect(issuer.asked).toBe(2);
    t.platform.clock.advance(600_000);
    expect(await statusOf(token)).toBe(200);
    expect(issuer.asked).toBe(3);
  });

  test.each(["error", "garbage", "huge"] as const)("that cannot be read (%s) make a 503", async (answer) => {
    issuer.answer = answer;
    const { response } = await ask(await tokenOf(rsa, now()));
    expect(await problemOf(response)).toMatchObject({ status: 503, code: "unavailable" });
    expect(response.headers.get("retry-after")).toBe("5");
    await ask(await tokenOf(rsa, now()));
    expect(issuer.asked).toBe(1);
    issuer.answer = "keys";
    t.platform.clock.advance(5_000);
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(200);
  });

  test("are waited for 2 s", async () => {
    issuer.answer = "slow";
    const started = performance.now();
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(503);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  test("hold for an hour where the issuer is away", async () => {
    await ask(await tokenOf(rsa, now()));
    issuer.answer = "error";
    t.platform.clock.advance(3_599_000);
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(200);
    t.platform.clock.advance(6_000);
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(503);
  });

  test("that are symmetric, private, doubled or broken are not believed", async () => {
    const secret = { kty: "oct", kid: "rsa", k: Buffer.from("secret").toString("base64url") };
    issuer.keys = [null, 7, {}, secret, { kty: "RSA", kid: "rsa" }];
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(401);
    t.platform.clock.advance(600_000);
    issuer.keys = [rsa.jwk, rsa.jwk];
    expect(await statusOf(await tokenOf(rsa, now()))).toBe(401);
  });
});

describe("a person seen first", () => {
  const people = async () =>
    (await t.platform.client.execute("SELECT name, email, email_verified FROM users ORDER BY created_at, id"))
      .rows;

  test("gets one account, however many isolates see them at once", async () => {
    const token = await tokenOf(rsa, now(), { name: "Ada", email: "ada@shop.example", email_verified: true });
    const all = await Promise.all([1, 2, 3, 4].map(() => ask(token, { isolate: newIsolate() })));
    expect(all.map(({ response }) => response.status)).toEqual([200, 200, 200, 200]);
    expect(await people()).toMatchObject([{ name: "Ada", email: "ada@shop.example", email_verified: 1 }]);
  });

  test("has no address that the issuer has not verified", async () => {
    await ask(await tokenOf(rsa, now(), { email: "ada@shop.example" }));
    await ask(await tokenOf(rsa, now(), { sub: "2", email: "ada@shop.example", email_verified: "true" }));
    for (const { email, email_verified: verified } of await people()) {
      expect(email).toMatch(/^[0-9a-f]{32}@external\.invalid$/);
      expect(verified).toBe(0);
    }
  });

  test("becomes nobody who has that address already", async () => {
    const ada = await signUp(t, "Ada");
    const { response } = await ask(
      await tokenOf(rsa, now(), { name: "Eve", email: ada.email, email_verified: true }),
    );
    const eve = (await response.json()) as { id: string; email: string };
    expect(eve.id).not.toBe(ada.id);
    expect(eve.email).toMatch(/@external\.invalid$/);
  });

  test("is not who another issuer calls the same", async () => {
    const other = await TestIssuer.open(signers);
    try {
      const config = { ...other.config, issuer: "https://other.example" };
      t.platform.config.jwtIssuers = [issuer.config, config];
      const ids = [];
      for (const iss of ["https://issuer.example", "https://other.example"]) {
        const { response } = await ask(await tokenOf(rsa, now(), { iss }));
        ids.push(((await response.json()) as { id: string }).id);
      }
      expect(new Set(ids).size).toBe(2);
    } finally {
      await other.close();
    }
  });

  test("has a name without control characters, cut", async () => {
    await ask(await tokenOf(rsa, now(), { name: `\u0000A\n${"x".repeat(300)}` }));
    const [{ name }] = await people();
    expect(name).toBe(`A${"x".repeat(199)}`);
  });
});
