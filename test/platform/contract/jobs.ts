import { beforeEach, describe, expect, it } from "vitest";
import type { MemoryDelivery } from "../../../src/platform/memory/jobs.ts";
import type { Job, Jobs } from "../../../src/ports/jobs.ts";
import type { Queues } from "../../../src/ports/queues.ts";

type Handler = (batch: readonly MemoryDelivery[]) => Promise<void>;

/** A queue, the means to deliver what is due, to let time pass, and to see what was given up. */
export interface JobsUnderTest {
  jobs: Jobs & Queues;
  drain(handler: Handler): Promise<number>;
  advance(ms: number): void;
  dead(): Promise<Job[]>;
}

function job(id: string): Job {
  return { id, kind: "merge-index", payload: { generation: 3, org: "org_1" } };
}

const ackAll: Handler = async (batch) => batch.forEach((message) => message.ack());

/** What every queue that this project runs itself must do. */
export function jobsContract(name: string, open: () => Promise<JobsUnderTest>): void {
  describe(`jobs: ${name}`, () => {
    let queue: JobsUnderTest;
    beforeEach(async () => {
      queue = await open();
    });

    it("delivers what was sent, once when acked", async () => {
      await queue.jobs.send([job("a"), job("b")]);
      const seen: unknown[] = [];
      const handler: Handler = async (batch) => {
        for (const message of batch) seen.push([message.body, message.attempts]);
        await ackAll(batch);
      };
      expect(await queue.drain(handler)).toBe(2);
      expect(seen).toEqual([
        [job("a"), 1],
        [job("b"), 1],
      ]);
      expect(await queue.drain(handler)).toBe(0);
    });

    it("sends nothing for an empty list", async () => {
      await queue.jobs.send([]);
      expect(await queue.drain(ackAll)).toBe(0);
    });

    it("holds a delayed job until it is due", async () => {
      await queue.jobs.send([job("late")], 30);
      expect(await queue.drain(ackAll)).toBe(0);
      queue.advance(30_000);
      expect(await queue.drain(ackAll)).toBe(1);
    });

    it("tells what waits, and since when the oldest that is due", async () => {
      expect(await queue.jobs.backlog()).toEqual([{ queue: "jobs", messages: 0, oldestAt: null }]);
      await queue.jobs.send([job("late")], 30);
      expect(await queue.jobs.backlog()).toEqual([{ queue: "jobs", messages: 1, oldestAt: null }]);
      await queue.jobs.send([job("a")]);
      queue.advance(10_000);
      await queue.jobs.send([job("b")]);
      const [{ messages, oldestAt }] = await queue.jobs.backlog();
      queue.advance(20_000);
      const [{ oldestAt: later }] = await queue.jobs.backlog();
      expect([messages, later]).toEqual([3, oldestAt]);
      await queue.drain(ackAll);
      expect(await queue.jobs.backlog()).toEqual([{ queue: "jobs", messages: 0, oldestAt: null }]);
    });

    it("delivers again after the delay a retry asks for, counting attempts", async () => {
      await queue.jobs.send([job("r"), job("s")]);
      const attempts: number[] = [];
      const handler: Handler = async (batch) => {
        for (const message of batch) {
          if (message.attempts === 1 && (message.body as Job).id === "r") message.retry(10);
          else message.ack();
          attempts.push(message.attempts);
        }
      };
      await queue.drain(handler);
      expect(attempts).toEqual([1, 1]);
      queue.advance(10_000);
      await queue.drain(handler);
      expect(attempts).toEqual([1, 1, 2]);
    });

    it("gives up a job whose handler keeps throwing, keeps it among the dead, and goes on with others", async () => {
      await queue.jobs.send([job("poison")]);
      const poisoned: Handler = async () => {
        throw new Error("always");
      };
      for (let i = 0; i < 10; i++) {
        await queue.drain(poisoned);
        queue.advance(60_000);
      }
      expect(await queue.dead()).toEqual([job("poison")]);
      await queue.jobs.send([job("fine")]);
      expect(await queue.drain(ackAll)).toBe(1);
    });
  });
}
