import type { Deps } from "../../deps.ts";
import { flushMetrics } from "./flush-metrics.ts";
import { sendSpans } from "./send-spans.ts";

type HandOverCtx = Pick<Deps, "isolate" | "metricsHub" | "traceExporter" | "lifetime" | "log" | "clock">;

/** What this isolate has counted and traced, after the response. */
export function handOver(ctx: HandOverCtx): void {
  flushMetrics(ctx);
  sendSpans(ctx);
}
