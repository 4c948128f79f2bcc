import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CodecFailure, FAILURES, FAILURE_CODES, toAppError } from "../../src/codec/failures.ts";
import { AppError } from "../../src/domain/errors.ts";

const HEADER = join(import.meta.dirname, "../../codec/src/codec.h");

describe("the codec's failures", () => {
  it("are those of codec.h, with the same numbers", () => {
    const [, body] = /enum Failure \{([^}]*)\}/.exec(readFileSync(HEADER, "utf8")) ?? [];
    const written = [...(body ?? "").matchAll(/FAILURE_(\w+) = (\d+)/g)];
    expect(
      Object.fromEntries(written.map(([, name, number]) => [name.toLowerCase(), Number(number)])),
    ).toEqual(FAILURES);
  });

  it.each(Object.keys(FAILURES) as (keyof typeof FAILURES)[])("%s has its code and says why", (failure) => {
    const error = toAppError(new CodecFailure(FAILURES[failure], "row 17"), true);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: FAILURE_CODES[failure], message: expect.stringContaining("row 17") });
  });

  it("an unknown number is a fault of the codec", () => {
    expect(toAppError(new CodecFailure(99, ""), true)).toMatchObject({ code: "internal" });
  });

  it("a trap is the bytes' fault while they are decoded, else the codec's", () => {
    const trap = new WebAssembly.RuntimeError("unreachable");
    expect(toAppError(trap, true)).toMatchObject({ code: "image_corrupt", cause: trap });
    expect(toAppError(trap, false)).toMatchObject({ code: "internal", cause: trap });
  });

  it("other errors stay what they are", () => {
    const error = new TypeError("x is not a function");
    expect(toAppError(error, true)).toBe(error);
  });
});
