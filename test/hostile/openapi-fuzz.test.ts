import { describe, expect, test } from "vitest";
import { conformance, contracts } from "./openapi/contract.ts";
import { fuzz } from "./openapi/fuzz.ts";
import { PLANTED } from "./openapi/planted.ts";

const { VITRINE_FUZZ_REQUESTS, VITRINE_FUZZ_SEED, VITRINE_FUZZ_ONLY } = process.env;
/** Of each operation, on the mean. */
const EACH = 16;
const REQUESTS = Number(VITRINE_FUZZ_REQUESTS ?? EACH * contracts.length);
const SEED = Number(VITRINE_FUZZ_SEED ?? 1);
const ONLY = VITRINE_FUZZ_ONLY ?? "";
/** Of the operations, what at least must have answered with a success: what is always refused shows little. */
const REACHED = 0.8;

test(
  `${REQUESTS} requests made of the document (seed ${SEED}) are answered as it says`,
  { timeout: 60_000 + REQUESTS * 100 },
  async () => {
    const { findings, successes, statuses } = await fuzz({ seed: SEED, requests: REQUESTS, only: ONLY });
    console.log(`seed ${SEED}`, Object.fromEntries(statuses), `${successes.size} operations succeeded`);
    expect(findings.join("\n\n")).toBe("");
    if (ONLY === "") expect(successes.size).toBeGreaterThan(contracts.length * REACHED);
  },
);

describe("the same requests find", () => {
  test.each(PLANTED)("$name", async ({ only, through, kind }) => {
    const { findings } = await fuzz({ seed: SEED, requests: 150, only, through });
    expect(findings.join("\n\n")).toMatch(kind);
  });
});

describe("what conforms", () => {
  const part = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
  const more = { type: "object", properties: { b: { type: ["integer", "null"] } } };

  test.each<[string, object, unknown, string[]]>([
    ["members of two parts", { allOf: [part, more] }, { a: "x", b: null }, []],
    ["a member of neither", { allOf: [part, more] }, { a: "x", c: 1 }, ["/c is not in the schema"]],
    ["a missing member", part, {}, ["/a is missing"]],
    ["a null", part, { a: null }, ["/a is null, not string"]],
    ["a fraction", more, { b: 1.5 }, ["/b is number, not integer or null"]],
    ["two at once", { oneOf: [{ minimum: 1 }, { maximum: 2 }] }, 1, [" is more than one of its ways"]],
    ["too many", { items: {}, maxItems: 1 }, [1, 2], [" has too many items"]],
    ["no day", { format: "date-time" }, "2026-13-01T00:00:00Z", [" is no date-time"]],
    ["𝒳 as one", { maxLength: 1 }, "𝒳", []],
  ])("%s", (_, schema, value, wrong) => {
    expect(conformance.check(schema, value, true).map(({ at, what }) => `${at} ${what}`)).toEqual(wrong);
  });

  test("a keyword that is not known is no silence", () => {
    expect(() => conformance.check({ multipleOf: 2 } as object, 3, true)).toThrow('"multipleOf"');
  });
});
