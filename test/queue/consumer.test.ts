import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryPlatform, type MemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import { consume, consumeDeadLetters } from "../../src/queue/consumer.ts";
import type { QueueMessage } from "../../src/queue/message.ts";
import { backlog, deadLetterPage, redriveDeadLetter } from "../../src/services/dead-letters.ts";
import { relayOutbox } from "../../src/services/outbox.ts";

let platform: MemoryPlatform;
beforeEach(async () => {
  platform = await createMemoryPlatform();
});
afterEach(() => platform.close());

const operator = () => ({ ...openMemoryDeps(platform), actor: { kind: "operator" as const } });

interface Answered extends QueueMessage {
  answer: "acked" | number | null;
}

function message(id: string, body: unknown, attempts = 1): Answered {
  const made: Answered = {
    id,
    body,
    attempts,
    answer: null,
    ack: () => void (made.answer = "acked"),
    retry: (delaySeconds) => void (made.answer = delaySeconds),
  };
  return made;
}

test.each([
  ["text", "hello", "m1"],
  ["null", null, "m1"],
  ["no kind", { id: "j1", payload: {} }, "j1"],
  ["an id that is none", { id: "j 1", kind: "index.merge", payload: [[]] }, "m1"],
  ["a payload that is none", { id: "j1", kind: "index.merge", payload: [[]] }, "j1"],
])("a message that can never succeed (%s) goes to the dead letters at once", async (_, body, id) => {
  const poison = message("m1", body);
  await consume(openMemoryDeps(platform), [poison]);
  expect(poison.answer).toBe("acked");
  const { items } = await deadLetterPage(operator(), { cursor: null, limit: 10 });
  expect(items).toMatchObject([{ id: `dl_${id}`, body, attempts: 1 }]);
});

test("a job of an unknown kind is left to the version that may know it, and buried by its last delivery", async () => {
  const body = { id: "j1", kind: "constructor", payload: {} };
  const early = message("m1", body, 5);
  await consume(openMemoryDeps(platform), [early]);
  expect(early.answer).toBe(300);
  const last = message("m1", body, 6);
  await consume(openMemoryDeps(platform), [last]);
  expect(last.answer).toBe("acked");
  const { items } = await deadLetterPage(operator(), { cursor: null, limit: 10 });
  expect(items).toMatchObject([{ id: "dl_j1", attempts: 6, reason: expect.stringContaining("constructor") }]);
});

test("a failure delays its own message only", async () => {
  const deps = openMemoryDeps(platform, {
    db: {
      get orm(): never {
        throw new Error("the database is away");
      },
      all: () => Promise.reject(new Error("the database is away")),
    },
  });
  const failing = message("m1", { id: "j1", kind: "index.merge", payload: {} }, 3);
  await consume(deps, [failing]);
  expect(failing.answer).toBeGreaterThanOrEqual(4);
  expect(failing.answer).toBeLessThanOrEqual(8);
  const fine = message("m2", { id: "j2", kind: "index.merge", payload: {} });
  await consume(openMemoryDeps(platform), [fine]);
  expect(fine.answer).toBe("acked");
});

test("a dead letter is kept once, redriven once, and counted while it waits", async () => {
  const job = { id: "j1", kind: "index.merge", payload: { page: 3 } };
  await consumeDeadLetters(openMemoryDeps(platform), [message("m1", job, 6)]);
  await consumeDeadLetters(openMemoryDeps(platform), [message("m1", job, 7)]);
  expect(await backlog(operator())).toMatchObject({ deadLetters: 1 });
  await redriveDeadLetter(operator(), "dl_j1");
  expect(platform.jobs.sent).toMatchObject([{ kind: "index.merge", payload: { page: 3 } }]);
  await expect(redriveDeadLetter(operator(), "dl_j1")).rejects.toMatchObject({ code: "not_found" });
  expect(await backlog(operator())).toMatchObject({ deadLetters: 0 });
  await consumeDeadLetters(openMemoryDeps(platform), [message("m2", job, 6)]);
  expect(await backlog(operator())).toMatchObject({ deadLetters: 0 });
});

test("a dead letter whose job the queue does not take is redriven later", async () => {
  await consumeDeadLetters(openMemoryDeps(platform), [message("m1", { id: "j", kind: "k", payload: {} }, 6)]);
  const jobs = { send: () => Promise.reject(new Error("the queue is away")) };
  const { job_id } = await redriveDeadLetter({ ...operator(), jobs }, "dl_j");
  expect(await backlog(operator())).toMatchObject({ deadLetters: 0, outbox: 1 });
  expect(await relayOutbox(operator())).toBe(1);
  expect(platform.jobs.sent).toMatchObject([{ id: job_id, kind: "k" }]);
});

test("dead letters page newest first, each once", async () => {
  const ids = Array.from({ length: 7 }, (_, i) => `m${i}`);
  await consumeDeadLetters(
    openMemoryDeps(platform),
    ids.map((id) => message(id, null)),
  );
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await deadLetterPage(operator(), { cursor, limit: 3 });
    seen.push(...page.items.map((item) => item.id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(seen).toEqual(ids.map((id) => `dl_${id}`).reverse());
});
