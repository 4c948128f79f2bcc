import { expect, test } from "vitest";
import { KnownTenants } from "../../src/domain/known-tenants.ts";

test("a credential's tenant is known once it has turned out, until it is forgotten", () => {
  const known = new KnownTenants();
  expect(known.of("Bearer a")).toBeUndefined();
  known.remember("Bearer a", "org:1");
  known.remember("Bearer b", "org:1");
  expect([known.of("Bearer a"), known.of("Bearer b"), known.of("Bearer c")]).toEqual([
    "org:1",
    "org:1",
    undefined,
  ]);
  known.forget("Bearer a");
  expect(known.of("Bearer a")).toBeUndefined();
});

test("the oldest are forgotten where there are very many", () => {
  const known = new KnownTenants();
  for (let i = 0; i < 5_000; i++) known.remember(`Bearer ${i}`, `user:${i}`);
  expect(known.of("Bearer 0")).toBeUndefined();
  expect(known.of("Bearer 4999")).toBe("user:4999");
});
