import { afterEach, beforeEach, expect, test } from "vitest";
import {
  claimIdempotencyKey,
  purgeIdempotencyKeys,
  releaseIdempotencyKey,
  saveIdempotentAnswer,
} from "../../src/db/queries/idempotency.ts";
import { readSecretUse } from "../../src/db/queries/secrets.ts";
import { openTestDatabase } from "./open-test-database.ts";
import type { TestDatabase } from "./open-test-database.ts";

const DAY = 86_400_000;
const claim = { actor: "key_1", key: "k", bodyHash: "h", now: DAY };
const answer = { actor: "key_1", key: "k", status: 201, answer: "sealed" };

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

test("of many requests with one key at once, one is new and the others are told to wait", async () => {
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimIdempotencyKey(opened.db, claim)));
  expect(claims.map(({ state }) => state).sort()).toEqual([...Array<string>(4).fill("in_progress"), "new"]);
});

test("the same request is answered again, another one under the key is a conflict", async () => {
  await claimIdempotencyKey(opened.db, claim);
  await saveIdempotentAnswer(opened.db, answer);
  const replay = { state: "replay", status: 201, answer: "sealed" };
  expect(await claimIdempotencyKey(opened.db, claim)).toEqual(replay);
  expect(await claimIdempotencyKey(opened.db, { ...claim, bodyHash: "other" })).toEqual({
    state: "conflict",
  });
});

test("actors do not share keys", async () => {
  await claimIdempotencyKey(opened.db, claim);
  expect(await claimIdempotencyKey(opened.db, { ...claim, actor: "key_2" })).toMatchObject({
    state: "new",
  });
});

test("a key is good again after 24 h, and not before", async () => {
  await claimIdempotencyKey(opened.db, claim);
  await saveIdempotentAnswer(opened.db, answer);
  const later = (ms: number) =>
    claimIdempotencyKey(opened.db, { ...claim, bodyHash: "other", now: DAY + ms });
  expect(await later(DAY)).toEqual({ state: "conflict" });
  expect(await later(DAY + 1)).toMatchObject({ state: "new" });
});

test("a claim that was never answered lapses after a minute", async () => {
  await claimIdempotencyKey(opened.db, claim);
  const later = (ms: number) => claimIdempotencyKey(opened.db, { ...claim, now: DAY + ms });
  expect(await later(60_000)).toEqual({ state: "in_progress" });
  expect(await later(60_001)).toMatchObject({ state: "new" });
});

test("whoever takes a key that was not answered learns when it was taken first", async () => {
  await claimIdempotencyKey(opened.db, claim);
  await releaseIdempotencyKey(opened.db, claim);
  const later = (ms: number, bodyHash = "h") =>
    claimIdempotencyKey(opened.db, { ...claim, bodyHash, now: DAY + ms });
  expect(await later(5, "other")).toEqual({ state: "conflict" });
  expect(await later(10)).toEqual({ state: "new", since: DAY });
  expect(await later(20)).toEqual({ state: "in_progress" });
  expect(await later(60_011)).toEqual({ state: "new", since: DAY });
});

test("a released key is new again, an answered one is not released", async () => {
  await claimIdempotencyKey(opened.db, claim);
  await releaseIdempotencyKey(opened.db, claim);
  expect(await claimIdempotencyKey(opened.db, claim)).toMatchObject({ state: "new" });
  await saveIdempotentAnswer(opened.db, answer);
  await releaseIdempotencyKey(opened.db, claim);
  expect(await claimIdempotencyKey(opened.db, claim)).toMatchObject({ state: "replay" });
});

test("only what is answered is sealed by a secret", async () => {
  await claimIdempotencyKey(opened.db, claim);
  const args = { id: "new", prefix: "1.new.", now: DAY, marginMs: 0 };
  expect(await readSecretUse(opened.db, args)).toMatchObject({ answers: 0 });
  await saveIdempotentAnswer(opened.db, answer);
  expect(await readSecretUse(opened.db, args)).toMatchObject({ answers: 1 });
});

test("purging forgets what is older than a day", async () => {
  await claimIdempotencyKey(opened.db, claim);
  await claimIdempotencyKey(opened.db, { ...claim, key: "young", now: 2 * DAY });
  expect(await purgeIdempotencyKeys(opened.db, 2 * DAY + 1)).toBe(1);
  const { rows } = await opened.client.execute("SELECT key FROM idempotency_keys");
  expect(rows.map(({ key }) => key)).toEqual(["young"]);
});
