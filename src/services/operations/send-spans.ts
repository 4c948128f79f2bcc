import type { Deps } from "../../deps.ts";

type SpansCtx = Pick<Deps, "isolate" | "traceExporter" | "lifetime" | "log" | "clock">;

/** How many spans go at a time: some 200 kB. */
const LIMIT = 500;
const MAX_SENDS = 4;
/** A turn that was cut off with its request is another's after this. */
const TURN_MS = 30_000;
/** A collector that does not answer is left alone for this time. */
const REST_MS = 10_000;
const COMPLAINT_MS = 60_000;

/**
 * After the response: one invocation of an isolate sends at a time, and what comes meanwhile waits in a bounded buffer. A
 * collector that is away costs one failed call in ten seconds and the spans, and no request anything.
 */
export function sendSpans(ctx: SpansCtx): void {
  const { traceExporter, isolate, clock, lifetime } = ctx;
  if (traceExporter === null || !isolate.spans.takeTurn(clock.now(), TURN_MS)) return;
  lifetime.defer(later(traceExporter.waitMs).then(() => send(ctx)));
}

async function send({ traceExporter, isolate, log, clock }: SpansCtx): Promise<void> {
  const { spans, metrics } = isolate;
  let taken = spans.take(LIMIT);
  try {
    for (let sends = 1; taken.length > 0; sends++) {
      await traceExporter?.send(taken);
      taken = sends < MAX_SENDS ? spans.take(LIMIT) : [];
    }
    spans.endTurn(clock.now());
  } catch (error) {
    spans.endTurn(clock.now() + REST_MS);
    metrics.count("spans_lost", {}, taken.length);
    if (metrics.mayComplain("collector", COMPLAINT_MS)) log.warn("spans_not_sent", { error: String(error) });
  }
  const dropped = spans.takeDropped();
  if (dropped > 0) metrics.count("spans_lost", {}, dropped);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
