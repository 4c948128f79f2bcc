import { MetricsCollector } from "../../src/domain/metrics/collector.ts";
import { InvocationTrace } from "../../src/domain/traces/invocation-trace.ts";
import type { MemoryDeps, MemoryPlatform } from "../../src/platform/memory/open.ts";
import { OtlpExporter, type TraceSettings } from "../../src/platform/otlp.ts";

/** Ways of running the same application, each beside the first. */
export const ARMS = ["nothing", "metrics", "metrics, 1 % of traces", "metrics, all traces"] as const;
export type Arm = (typeof ARMS)[number];

const RATIOS: Readonly<Record<Arm, number | null>> = {
  nothing: null,
  metrics: null,
  "metrics, 1 % of traces": 0.01,
  "metrics, all traces": 1,
};

/** Counts nothing, so that nothing is ever due. */
class NoMetrics extends MetricsCollector {
  override count(): void {}
  override observe(): void {}
  override gauge(): void {}
  override statement(): void {}
}

/** What each request of an arm gets instead of the platform's own. */
export function overridesOf(
  arm: Arm,
  { isolate, clock }: MemoryPlatform,
  collectorUrl: string,
): () => Partial<MemoryDeps> {
  if (arm === "nothing") {
    const silent = { ...isolate, metrics: new NoMetrics(clock) };
    return () => ({ isolate: silent });
  }
  const ratio = RATIOS[arm];
  if (ratio === null) return () => ({});
  const settings: TraceSettings = {
    url: collectorUrl,
    headers: {},
    ratio,
    obeysCallers: true,
    service: "bench",
  };
  const traceExporter = new OtlpExporter(settings, "bench", 0);
  const { spans } = isolate;
  return () => ({ traceExporter, trace: new InvocationTrace({ spans, ratio, obeysCallers: true }) });
}
