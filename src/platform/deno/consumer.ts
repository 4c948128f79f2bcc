import type { Log } from "../../ports/log.ts";
import type { Consume, TableJobs } from "./jobs.ts";

const LOOK_MS = 1_000;

/**
 * Consumes the queue in this process, one batch at a time: at once after a send, else each second. The function it gives
 * takes no further batch, and resolves once the present one has ended.
 */
export function startConsumer(
  jobs: TableJobs,
  log: Log,
  consume: Consume,
  consumeDead: Consume,
): () => Promise<void> {
  let running = Promise.resolve();
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isWanted = true;
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
  const look = (): void => {
    if (isRunning) isWanted = true;
    else running = run();
  };
  jobs.onSend = look;
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    jobs.onSend = () => undefined;
    jobs.close();
    return running;
  };
}
