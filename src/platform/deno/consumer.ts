import type { Log } from "../../ports/log.ts";
import type { Consume, TableJobs } from "./jobs.ts";

const LOOK_MS = 1_000;

/** Consumes the queue in this process, one batch at a time: at once after a send, else each second. */
export function startConsumer(jobs: TableJobs, log: Log, consume: Consume, consumeDead: Consume): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        await jobs.drain(consume);
        await jobs.drainDead(consumeDead);
      }
    } catch (error) {
      log.error("queue_failed", { error });
    } finally {
      isRunning = false;
    }
  };
  jobs.onSend = () => void run();
  const timer = setInterval(() => void run(), LOOK_MS);
  return () => clearInterval(timer);
}
