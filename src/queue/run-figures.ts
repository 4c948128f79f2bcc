import type { Deps } from "../deps.ts";
import { timeOfId, uuidv7 } from "../domain/ids.ts";
import { jobPoint } from "../domain/metrics/data-point.ts";
import { parseTraceparent } from "../domain/traces/trace-context.ts";
import type { Job } from "../ports/jobs.ts";
import { handOver } from "../services/operations/hand-over.ts";
import { onBehalf } from "../services/operations/on-behalf.ts";
import { recordReceipt } from "../services/operations/record-receipt.ts";
import { HANDLERS } from "./handlers.ts";
import type { QueueMessage } from "./message.ts";

export type Outcome = "done" | "failed" | "buried";

/** The dependencies of one message: its logs, spans and jobs carry the ids of the request that caused it. */
export function depsOf(deps: Deps, message: QueueMessage, job: Job | null): Deps {
  const { trace, clock } = deps;
  const origin = job?.origin;
  const parent = parseTraceparent(origin?.traceparent);
  trace.begin({ parent, isOwnParent: true, id: uuidv7(clock).replaceAll("-", ""), now: clock.now() });
  const names = job === null ? { message: message.id } : { job: job.id, kind: job.kind };
  const fields = { ...names, trace_id: trace.id };
  if (origin === undefined) return onBehalf(deps, undefined, fields);
  return onBehalf(deps, { requestId: origin.requestId, traceparent: trace.traceparent }, fields);
}

/** What anyone may have sent must not make series. */
function kindOf(job: Job | null): string {
  return job !== null && HANDLERS.has(job.kind) ? job.kind : "unknown";
}

export function countRun({ isolate }: Pick<Deps, "isolate">, job: Job | null, outcome: Outcome): void {
  isolate.metrics.count("jobs", { kind: kindOf(job), outcome });
}

/** What one delivery came to: counted, and traced as a part of what caused it. */
export class RunFigures {
  readonly #deps: Deps;
  readonly #job: Job | null;
  readonly #kind: string;
  readonly #startedMs = performance.now();

  constructor(deps: Deps, job: Job | null, attempts: number) {
    this.#deps = deps;
    this.#job = job;
    this.#kind = kindOf(job);
    const lagMs = this.#ageMs();
    if (attempts === 1 && lagMs !== null) {
      deps.isolate.metrics.observe("job_lag", { kind: this.#kind }, lagMs);
    }
  }

  ended(outcome: Outcome): void {
    const { isolate, dataPoints } = this.#deps;
    const kind = this.#kind;
    const [ms, ageMs] = [performance.now() - this.#startedMs, this.#ageMs()];
    countRun(this.#deps, this.#job, outcome);
    isolate.metrics.observe("job_duration", { kind }, ms);
    if (outcome !== "failed" && ageMs !== null) isolate.metrics.observe("job_age", { kind }, ageMs);
    dataPoints?.write(jobPoint({ kind, outcome, ms, ageMs }));
    this.#deps.trace.end({
      name: `process ${kind}`,
      kind: "consumer",
      startedMs: this.#startedMs,
      attributes: {
        "messaging.system": "vitrine",
        "messaging.operation.type": "process",
        "messaging.message.id": this.#job?.id ?? "",
        "vitrine.job.kind": kind,
        "vitrine.job.outcome": outcome,
      },
      error: outcome === "done" ? null : outcome,
    });
  }

  /** Since the job was written, or was to run where that is later. */
  #ageMs(): number | null {
    const job = this.#job;
    const written = job === null ? null : timeOfId(job.id);
    if (job === null || written === null) return null;
    return Math.max(0, this.#deps.clock.now() - Math.max(written, job.dueAt ?? 0));
  }
}

/** After a batch, as after a response. */
export function endBatch(deps: Deps): void {
  recordReceipt(deps.isolate.metrics, deps.receipt);
  handOver(deps);
}
