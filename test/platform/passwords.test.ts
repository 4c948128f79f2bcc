import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SCRYPT, ScryptPasswords } from "../../src/platform/memory/passwords.ts";

const passwords = new ScryptPasswords({ n: 16, r: 1, p: 1 });

describe("passwords", () => {
  it("are hashed at one of OWASP's strengths: n = 2^14, r = 8, p = 5", async () => {
    expect(SCRYPT).toEqual({ n: 16_384, r: 8, p: 5 });
    expect(await new ScryptPasswords().hash("a password")).toMatch(/^\$scrypt\$n=16384,r=8,p=5\$/);
  });

  it("have a salt each", async () => {
    const [one, other] = [await passwords.hash("a password"), await passwords.hash("a password")];
    expect(one).not.toBe(other);
    expect(await passwords.verify("a password", one)).toBe(true);
    expect(await passwords.verify("a password", other)).toBe(true);
    expect(await passwords.verify("A password", one)).toBe(false);
  });

  it("verify by the parameters of their hash", async () => {
    const hash = await new ScryptPasswords({ n: 32, r: 2, p: 2 }).hash("a password");
    expect(await passwords.verify("a password", hash)).toBe(true);
  });

  it("are scrypt as the runtime has it", async () => {
    const salt = Buffer.from("SodiumChloride12");
    const key = scryptSync("pleaseletmein", salt, 32, { N: 16_384, r: 8, p: 1 });
    const text = `$scrypt$n=16384,r=8,p=1$${salt.toString("base64url")}$${key.toString("base64url")}`;
    expect(await passwords.verify("pleaseletmein", text)).toBe(true);
  });

  it.each([
    "",
    "plain text",
    "$2b$10$abcdefghijklmnopqrstuv",
    "$scrypt$n=16,r=1,p=1$$",
    `$scrypt$n=15,r=1,p=1$${"a".repeat(22)}$${"a".repeat(43)}`,
    `$scrypt$n=524288,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`,
    `$scrypt$n=16384,r=8,p=99$${"A".repeat(22)}$${"A".repeat(43)}`,
    `$scrypt$n=0,r=0,p=0$${"A".repeat(22)}$${"A".repeat(43)}`,
  ])("never match %j, and spend nothing on it", async (hash) => {
    expect(await passwords.verify("a password", hash)).toBe(false);
  });
});
