import { expect, test } from "vitest";
import { assign, querySubject, userSubject } from "../../src/domain/experiment-assignment.ts";

const UNITS = 20_000;

function treated(salt: string, share: number, units = UNITS): boolean[] {
  return Array.from(
    { length: units },
    (_, i) => assign({ salt, share }, userSubject(`u-${i}`)).arm === "treatment",
  );
}

/** Five standard deviations of a binomial share. */
function bound(share: number, n: number): number {
  return 5 * Math.sqrt((share * (1 - share)) / n);
}

test.each([0.01, 0.1, 0.5, 0.9])("a share of %d is given the treatment", (share) => {
  for (const salt of ["a", "b", "c"]) {
    const count = treated(salt, share).filter(Boolean).length;
    expect(Math.abs(count / UNITS - share)).toBeLessThan(bound(share, UNITS));
  }
});

test("a unit gets the same arm each time, and under a greater share never loses the treatment", () => {
  expect(treated("a", 0.3, 500)).toEqual(treated("a", 0.3, 500));
  const [few, many] = [treated("a", 0.3, 500), treated("a", 0.6, 500)];
  expect(few.every((is, i) => !is || many[i])).toBe(true);
});

test("two experiments split independently of each other", () => {
  const [one, other] = [treated("one", 0.5), treated("other", 0.5)];
  const both = one.filter((is, i) => is && other[i]).length;
  expect(Math.abs(both / UNITS - 0.25)).toBeLessThan(bound(0.25, UNITS));
});

test("units have names of their own in each experiment, which do not hold who they are", () => {
  const names = ["a", "b"].map((salt) => assign({ salt, share: 0.5 }, userSubject("ada@example.com")).unit);
  expect(new Set(names).size).toBe(2);
  expect(names.join()).not.toMatch(/ada/);
});

test("queries that differ in case and spaces are one unit", () => {
  expect(querySubject("  Brass  LAMP ")).toBe(querySubject("brass lamp"));
  expect(querySubject("brass lamps")).not.toBe(querySubject("brass lamp"));
});
