import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../src/domain/base64url.ts";
import { decodeCursor, encodeCursor } from "../../src/domain/cursor.ts";
import { Random } from "../index/random.ts";
import { seal, unseal } from "../../src/domain/sealed.ts";

const SECRET = "a secret that is long enough to sign with";
const SECRETS = { secret: SECRET, previousSecrets: [] };
const SCOPE = "GET /v1/things 1f00";
const PAYLOAD = { key: 12.5, id: "p-7" };
const refusal = { code: "bad_cursor" };

function asIs(payload: unknown): unknown {
  return payload;
}

describe("a cursor", () => {
  test("brings its payload back", async () => {
    const cursor = await encodeCursor(SECRET, SCOPE, PAYLOAD);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(await decodeCursor(SECRETS, SCOPE, cursor, asIs)).toEqual(PAYLOAD);
  });

  test("is refused with any bit flipped", async () => {
    const bytes = fromBase64Url(await encodeCursor(SECRET, SCOPE, PAYLOAD)) ?? new Uint8Array();
    expect(bytes.length).toBeGreaterThan(32);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const forged = Uint8Array.from(bytes);
      forged[bit >> 3] ^= 1 << (bit & 7);
      await expect(decodeCursor(SECRETS, SCOPE, toBase64Url(forged), asIs)).rejects.toMatchObject(refusal);
    }
  });

  test("is refused cut at any place, and with anything behind it", async () => {
    const cursor = await encodeCursor(SECRET, SCOPE, PAYLOAD);
    for (let length = 0; length < cursor.length; length++) {
      await expect(decodeCursor(SECRETS, SCOPE, cursor.slice(0, length), asIs)).rejects.toMatchObject(
        refusal,
      );
    }
    for (const more of ["A", "=", "==", "\n", " ", "%00"]) {
      await expect(decodeCursor(SECRETS, SCOPE, cursor + more, asIs)).rejects.toMatchObject(refusal);
    }
  });

  test("is refused for another list, secret or shape", async () => {
    const cursor = await encodeCursor(SECRET, SCOPE, PAYLOAD);
    await expect(decodeCursor(SECRETS, `${SCOPE}x`, cursor, asIs)).rejects.toMatchObject(refusal);
    await expect(
      decodeCursor({ ...SECRETS, secret: `${SECRET}x` }, SCOPE, cursor, asIs),
    ).rejects.toMatchObject(refusal);
    const picky = () => {
      throw new TypeError("foreign");
    };
    await expect(decodeCursor(SECRETS, SCOPE, cursor, picky)).rejects.toMatchObject(refusal);
  });

  test("cannot borrow from its scope", async () => {
    const cursor = await encodeCursor(SECRET, "a:1:", { x: 1 });
    await expect(decodeCursor(SECRETS, "a", cursor, asIs)).rejects.toMatchObject(refusal);
  });

  test.each(["", "A", "....", "☃", "__proto__", "null", "A".repeat(100_000)])(
    "is not %.20j",
    async (text) => {
      await expect(decodeCursor(SECRETS, SCOPE, text, asIs)).rejects.toMatchObject(refusal);
    },
  );

  test("has one spelling only", () => {
    expect(fromBase64Url("AA")).toEqual(new Uint8Array([0]));
    expect(fromBase64Url("AB")).toBeNull();
    expect(fromBase64Url("A+/A")).toBeNull();
    for (const text of ["A", "AAB", "AAAAA", "AA==", "A A", "AA\n", "AAÿA", "AA☃A", "____A", "__9"])
      expect(fromBase64Url(text)).toBeNull();
  });

  test("is spelled as others spell it, at any length", () => {
    const random = new Random(3);
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, () => random.below(256));
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }
  });

  test("is the same after any number of others with its key", async () => {
    const first = await encodeCursor(SECRET, SCOPE, PAYLOAD);
    for (let i = 0; i < 40; i++)
      await encodeCursor(i % 2 === 0 ? SECRET : `${SECRET}${i}`, `${SCOPE}${i}`, { i });
    expect(await encodeCursor(SECRET, SCOPE, PAYLOAD)).toBe(first);
    expect(first).toBe("f28YpoMdYvI-GEM9g6K9-LR6X2_Z0lESyTdk0_idRl17ImtleSI6MTIuNSwiaWQiOiJwLTcifQ");
  });
});

describe("a sealed text", () => {
  test("opens with the same secret and context alone", async () => {
    const sealed = await seal(SECRET, "row 1", "vk_secret");
    expect(sealed).not.toContain("vk_secret");
    expect(await unseal(SECRETS, "row 1", sealed)).toBe("vk_secret");
    await expect(unseal(SECRETS, "row 2", sealed)).rejects.toThrow();
    await expect(unseal({ secret: `${SECRET}x`, previousSecrets: [] }, "row 1", sealed)).rejects.toThrow();
    await expect(unseal(SECRETS, "row 1", "")).rejects.toThrow();
  });

  test("never looks the same twice", async () => {
    expect(await seal(SECRET, "c", "t")).not.toBe(await seal(SECRET, "c", "t"));
  });
});
