import type { Ctx, Deps } from "../deps.ts";
import { AppError } from "../domain/errors.ts";
import type { Job } from "../ports/jobs.ts";
import { keepDeadLetter } from "../services/dead-letters.ts";
import { BURIALS, HANDLERS } from "./handlers.ts";
import { decodeJob } from "./job.ts";
import type { QueueMessage } from "./message.ts";
import { reasonOf } from "./reason.ts";
import { countRun, depsOf, endBatch, type Outcome, RunFigures } from "./run-figures.ts";
import { MAX_DELIVERIES, retryDelaySeconds } from "./retry.ts";

/** In a gradual rollout another version may know it: it is left to that for 25 minutes, and then buried. */
class UnknownKind extends Error {
  override readonly name = "UnknownKind";
}
const UNKNOWN_KIND_DELAY_SECONDS = 300;

/** Runs each message by itself, in order: one failure neither repeats nor delays the others. */
export async function consume(deps: Deps, messages: readonly QueueMessage[]): Promise<void> {
  for (const message of messages) await consumeOne(deps, message);
  endBatch(deps);
}

async function consumeOne(invocation: Deps, message: QueueMessage): Promise<void> {
  const job = decoded(message.body);
  const deps = depsOf(invocation, message, job instanceof AppError ? null : job);
  const figures = new RunFigures(deps, job instanceof AppError ? null : job, message.attempts);
  const started = deps.clock.now();
  try {
    if (job instanceof AppError) throw job;
    await run(deps, job);
    message.ack();
    deps.log.info("job_done", { job: job.id, kind: job.kind, ms: deps.clock.now() - started });
    figures.ended("done");
  } catch (error) {
    figures.ended(await answerFailure(deps, message, error));
  }
}

function decoded(body: unknown): Job | AppError {
  try {
    return decodeJob(body);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** What can never succeed is buried at once, everything else by its last delivery, which knows the reason. */
async function answerFailure(deps: Deps, message: QueueMessage, error: unknown): Promise<Outcome> {
  const { id, attempts } = message;
  const isPoison = error instanceof AppError && error.code === "invalid_input";
  const delaySeconds =
    error instanceof UnknownKind ? UNKNOWN_KIND_DELAY_SECONDS : retryDelaySeconds(attempts);
  deps.log.warn("job_failed", { message: id, attempts, delaySeconds, error: String(error) });
  if (isPoison || attempts >= MAX_DELIVERIES) return bury(deps, message, reasonOf(error));
  message.retry(delaySeconds);
  return "failed";
}

async function run(deps: Deps, job: Job): Promise<void> {
  const handler = HANDLERS.get(job.kind);
  if (handler === undefined) throw new UnknownKind(`There is no handler for jobs of kind "${job.kind}"`);
  await handler(operatorCtx(deps), job);
}

/**
 * Keeps the message with its reason and says of what it was about that it failed. Idempotent; where it fails, the message
 * stays with the queue, whose last retry moves it to the dead-letter queue.
 */
async function bury(deps: Deps, message: QueueMessage, reason: string): Promise<Outcome> {
  const { id: messageId, body, attempts } = message;
  try {
    const isWaiting = await keepDeadLetter(deps, { messageId, body, reason, attempts });
    if (isWaiting) await mourn(deps, body);
    message.ack();
    return "buried";
  } catch (error) {
    deps.log.error("dead_letter_not_kept", { message: messageId, error: String(error) });
    message.retry(retryDelaySeconds(attempts));
    return "failed";
  }
}

async function mourn(deps: Deps, body: unknown): Promise<void> {
  try {
    const job = decodeJob(body);
    await BURIALS.get(job.kind)?.(operatorCtx(deps), job);
  } catch (error) {
    // What is no job of ours is about nothing.
    if (!(error instanceof AppError) || error.code !== "invalid_input") throw error;
  }
}

function operatorCtx(deps: Deps): Ctx<keyof Deps> {
  return { ...deps, actor: { kind: "operator" } };
}

/** The dead-letter queue's consumer: keeps what no delivery lived to bury, so that nothing that failed is lost. */
export async function consumeDeadLetters(deps: Deps, messages: readonly QueueMessage[]): Promise<void> {
  for (const message of messages) await buryUnanswered(deps, message);
  endBatch(deps);
}

async function buryUnanswered(invocation: Deps, message: QueueMessage): Promise<void> {
  const job = decoded(message.body);
  const known = job instanceof AppError ? null : job;
  const deps = depsOf(invocation, message, known);
  const outcome = await bury(deps, message, "The job failed in each of its deliveries");
  countRun(deps, known, outcome);
}
