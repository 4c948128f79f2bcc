import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/domain/errors.ts";
import { sizeText } from "../../src/web/upload/figures.ts";
import { problemOf } from "../../src/web/upload/problems.ts";

const OF_FILES = Object.keys(ERROR_CODES).filter(
  (code) => (code.startsWith("image_") && code !== "image_not_ready") || code === "not_an_image",
);
const OTHERS = [
  "original_missing",
  "processing_failed",
  "body_too_large",
  "body_incomplete",
  "digest_mismatch",
];
const PASSING = ["rate_limited", "unavailable", "internal", "unauthorized", "network"];

describe("what is said of an upload that fails", () => {
  it.each([...OF_FILES, ...OTHERS, ...PASSING])("has words of its own for %s", (code) => {
    expect(problemOf(code).title).not.toBe(problemOf("no-such-code").title);
    expect(problemOf(code).text).not.toBe("");
  });

  it("offers another try of what may pass, and of nothing else", () => {
    expect(OF_FILES.filter((code) => problemOf(code).isPassing)).toEqual([]);
    expect(PASSING.filter((code) => !problemOf(code).isPassing)).toEqual([]);
  });

  it("takes the service's own words for a code it does not know", () => {
    expect(problemOf("constructor", "As the service says").text).toBe("As the service says");
  });
});

describe("sizes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [9_949_999, "9.9 MB"],
    [9_950_000, "10 MB"],
    [41_943_040, "42 MB"],
  ])("of %d bytes are %s", (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
