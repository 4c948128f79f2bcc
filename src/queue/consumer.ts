import type { Ctx, Deps } from "../deps.ts";
import { AppError } from "../domain/errors.ts";
import type { Job } from "../ports/jobs.ts";
import { HANDLERS } from "./handlers.ts";
import { decodeJob } from "./job.ts";
import type { QueueMessage } from "./message.ts";
import { retryDelaySeconds } from "./retry.ts";
import { keepDeadLetter } from "../services/dead-letters.ts";

/** Runs each message by itself, in order: one failure neither repeats nor delays the others. */
export async function consume(deps: Deps, messages: readonly QueueMessage[]): Promise<void> {
  for (const message of messages) await consumeOne(deps, message);
}

async function consumeOne(deps: Deps, message: QueueMessage): Promise<void> {
  const started = deps.clock.now();
  try {
    const job = decodeJob(message.body);
    await run(deps, job);
    message.ack();
    deps.log.info("job_done", { job: job.id, kind: job.kind, ms: deps.clock.now() - started });
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") {
      await bury(deps, message, error);
      return;
    }
    const delaySeconds = retryDelaySeconds(message.attempts);
    deps.log.warn("job_failed", {
      message: message.id,
      attempts: message.attempts,
      delaySeconds,
      error: String(error),
    });
    message.retry(delaySeconds);
  }
}

async function run(deps: Deps, job: Job): Promise<void> {
  const handler = HANDLERS.get(job.kind);
  if (handler === undefined)
    throw new AppError("invalid_input", `There is no handler for jobs of kind "${job.kind}"`);
  const ctx: Ctx<keyof Deps> = { ...deps, actor: { kind: "operator" } };
  await handler(ctx, job);
}

/** What can never succeed goes to the dead letters at once; if they cannot be written, the queue's own retries keep it. */
async function bury(deps: Deps, message: QueueMessage, reason: AppError): Promise<void> {
  try {
    await keepDeadLetter(deps, {
      messageId: message.id,
      body: message.body,
      reason: reason.message,
      attempts: message.attempts,
    });
    message.ack();
  } catch (error) {
    deps.log.error("dead_letter_not_kept", { message: message.id, error: String(error) });
    message.retry(retryDelaySeconds(message.attempts));
  }
}

/** The dead-letter queue's consumer: keeps body and reason, so that nothing that failed is lost. */
export async function consumeDeadLetters(deps: Deps, messages: readonly QueueMessage[]): Promise<void> {
  for (const message of messages) {
    await bury(deps, message, new AppError("invalid_input", "The job failed in each of its deliveries"));
  }
}
