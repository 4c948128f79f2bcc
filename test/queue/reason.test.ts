import { expect, test } from "vitest";
import { AppError } from "../../src/domain/errors.ts";
import { reasonOf } from "../../src/queue/reason.ts";

test("a reason is the error and what caused it", () => {
  const cause = new Error("fetch failed", { cause: "ECONNREFUSED" });
  expect(reasonOf(new AppError("unavailable", "The database does not answer", cause))).toBe(
    "unavailable: The database does not answer ← Error: fetch failed ← ECONNREFUSED",
  );
});

test.each([
  ["an address's user", "cannot reach libsql://ada:hunter2@db.example/v2"],
  ["an address's parameters", "cannot reach https://db.example/v2?token=hunter2&x=1"],
  ["a header", "refused: Authorization: Bearer hunter2.abc"],
  ["a parameter", 'refused {"authToken": "hunter2"}'],
  ["a JWT", "refused eyJhbGciOiJFZERTQSJ9.hunter2.c2ln"],
  ["an API key", `refused vk_${"hunter2".repeat(5)}`],
  ["a webhook's secret", `refused whsec_${"hunter2".repeat(5)}`],
])("a reason does not tell %s", (_, message) => {
  const reason = reasonOf(new Error(message, { cause: new Error(message) }));
  expect(reason).toMatch(/^Error: (?:cannot reach|refused)/);
  expect(reason).not.toContain("hunter2");
});

test("a reason keeps what names the work, and is bounded", () => {
  const key = `originals/${"0a".repeat(32)}`;
  expect(reasonOf(new Error(`Object "${key}": read 1 bytes of 2`))).toContain(key);
  expect(reasonOf(new Error("x".repeat(100_000)))).toHaveLength(500);
});

test("what is thrown need not be an error, and may be its own cause", () => {
  expect(reasonOf(null)).toBe("null");
  const own = new Error("loop");
  own.cause = own;
  expect(reasonOf(own)).toBe("Error: loop ← Error: loop ← Error: loop");
});
