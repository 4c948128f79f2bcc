import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import { unseal } from "../../domain/sealed.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Job } from "../../ports/jobs.ts";
import { claimDelivery, endDelivery, settleAttempt } from "../../db/queries/webhook-attempts.ts";
import type { Attempted, ClaimedDelivery } from "../../db/queries/webhook-attempts.ts";
import { problemOfAddress } from "./address.ts";
import { FAILING_MS, LEASE_MS } from "./limits.ts";
import { postMessage } from "./post-message.ts";
import type { Answer } from "./post-message.ts";
import { MAX_ATTEMPTS, nextDelaySeconds } from "./schedule.ts";
import { sealContext, signatureOf } from "./signature.ts";

type DeliverDeps = Pick<Deps, "db" | "clock" | "config" | "jobs" | "log" | "lifetime">;

/** Machines' clocks differ, and a queue may hand over a delayed job a little early. */
const EARLY_MS = 2_000;
/** A receiver that takes longer is waited for aside, so that it delays no other job of the queue. */
const PATIENCE_MS = 1_000;
const GONE = 410;

export function deliveryJob(clock: Clock, delivery: string): Job {
  return { id: newId("job", clock), kind: "webhooks.deliver", payload: { delivery } };
}

/**
 * Makes the attempt of a delivery that is due, and sends the job of the next where it fails. Does nothing where none is
 * due: the job came twice, or another has taken it up. At least once: what is cut off between sending and noting it is
 * sent again under the same id, by the sweep.
 */
export async function deliver(deps: DeliverDeps, id: string): Promise<void> {
  const now = deps.clock.now();
  const claimed = await claimDelivery(deps.db, { id, dueBy: now + EARLY_MS, leaseUntil: now + LEASE_MS });
  if (claimed === null) return;
  const reason = whyNotSend(deps, claimed);
  if (reason !== null) {
    await endDelivery(deps.db, { id, attempt: claimed.attempt, now, error: reason });
    return;
  }
  await patiently(deps, attempt(deps, claimed));
}

async function patiently({ lifetime, log }: DeliverDeps, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, "late");
  });
  const ended = await Promise.race([work, elapsed]).finally(() => clearTimeout(timer));
  if (ended !== "late") return;
  lifetime.defer(work.catch((error: unknown) => log.warn("delivery_not_noted", { error: String(error) })));
}

function whyNotSend({ config }: DeliverDeps, { webhook, attempt: number }: ClaimedDelivery): string | null {
  if (webhook.disabledAt !== null) return "The webhook was disabled";
  if (number > MAX_ATTEMPTS) return "No attempt came to an end";
  const problem = problemOfAddress(webhook.url, config.environment);
  return problem === null ? null : `The webhook's address is not sent to: ${problem}`;
}

async function attempt(deps: DeliverDeps, claimed: ClaimedDelivery): Promise<void> {
  const answer = await send(deps, claimed);
  const delay = answer.error === null || answer.status === GONE ? null : nextDelaySeconds(claimed.attempt);
  const now = deps.clock.now();
  const attempted: Attempted = {
    id: claimed.id,
    webhookId: claimed.webhook.id,
    attempt: claimed.attempt,
    now,
    ...answer,
    retryAt: delay === null ? null : now + delay * 1_000,
    disable: delay === null ? disablingOf(answer, now) : null,
  };
  await settleAttempt(deps.db, attempted);
  deps.log.info("webhook_attempt", {
    delivery: claimed.id,
    attempt: claimed.attempt,
    status: answer.status,
    error: answer.error,
    retryInSeconds: delay,
  });
  if (delay !== null) await deps.jobs.send([deliveryJob(deps.clock, claimed.id)], delay);
}

function disablingOf({ status, error }: Answer, now: number): Attempted["disable"] {
  if (error === null) return null;
  if (status === GONE) return { reason: "The receiver answered 410 Gone", failingSince: null };
  return { reason: "No delivery has succeeded for 5 days", failingSince: now - FAILING_MS };
}

async function send(deps: DeliverDeps, { id, payload, webhook }: ClaimedDelivery): Promise<Answer> {
  const now = deps.clock.now();
  const timestamp = Math.floor(now / 1_000);
  let secrets: string[];
  try {
    secrets = await secretsOf(deps, webhook, now);
  } catch {
    return { status: null, error: "The secret cannot be read: make a new one" };
  }
  const signature = await signatureOf(secrets, { id, timestamp, body: payload });
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "Vitrine-Webhooks/1.0",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
  };
  return postMessage({ url: webhook.url, headers, body: payload });
}

async function secretsOf(
  { config }: DeliverDeps,
  { id, secret, oldSecret, oldSecretUntil }: ClaimedDelivery["webhook"],
  now: number,
): Promise<string[]> {
  const isOldGood = oldSecret !== null && oldSecretUntil !== null && now < oldSecretUntil;
  const sealed = isOldGood ? [secret, oldSecret] : [secret];
  return Promise.all(sealed.map((one) => unseal(config, sealContext(id), one)));
}
