import type { MetricsOverview } from "../../domain/metrics/overview.ts";
import type { QueueBacklog } from "../../ports/queues.ts";
import type { Experiment } from "../../services/experiments/experiments.ts";
import type { Deployment } from "../../services/operations/deployment.ts";
import type { OpsQuery } from "./query.ts";

/** What the isolates did; times in milliseconds since the epoch. */
export interface OpsMetrics extends MetricsOverview {
  /** `null` where the platform does not tell. */
  queues: readonly QueueBacklog[] | null;
  isolate: { id: string; started_at: number; uptime_seconds: number };
}

export interface OpsLetter {
  id: string;
  kind: string;
  reason: string;
  attempts: number;
  created_at: number;
  /** What the job was to do, as JSON. */
  payload: string;
}

export interface OpsLetters {
  items: readonly OpsLetter[];
  next_cursor: string | null;
  /** All that wait, counted up to 10,000. */
  kinds: readonly { kind: string; count: number }[];
}

/** A part of the page: `null` where it did not answer, and why; or, in the browser, its last answer and since when it is that. */
export interface OpsPart<T> {
  value: T | null;
  failure: string | null;
  readAt: number;
}

/** All that the page is drawn from, on the server and in the browser. */
export interface OpsState {
  query: OpsQuery;
  /** When this was read, by the server's clock. */
  now: number;
  metrics: OpsPart<OpsMetrics>;
  deployment: OpsPart<Deployment>;
  letters: OpsPart<OpsLetters>;
  experiments: OpsPart<readonly Experiment[]>;
}

/** What does not answer is shown as it was last known. */
export function keepingLast(last: OpsState, next: OpsState): OpsState {
  return {
    ...next,
    metrics: lastOf(last.metrics, next.metrics),
    deployment: lastOf(last.deployment, next.deployment),
    letters: lastOf(last.letters, next.letters),
    experiments: lastOf(last.experiments, next.experiments),
  };
}

function lastOf<T>(last: OpsPart<T>, next: OpsPart<T>): OpsPart<T> {
  return next.failure === null ? next : { ...last, failure: next.failure };
}

/** How the browser stands to the server. */
export interface Contact {
  /** Milliseconds since what is shown was read. */
  ageMs: number;
  state: "live" | "late" | "lost" | "paused";
}
