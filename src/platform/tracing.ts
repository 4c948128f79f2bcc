import type { IsolateState } from "../deps.ts";
import { InvocationTrace } from "../domain/traces/invocation-trace.ts";
import type { TraceExporter } from "../ports/trace-exporter.ts";
import { OtlpExporter, type TraceSettings } from "./otlp.ts";

/** The trace of one invocation and where spans go: nowhere, without settings. */
export function openTracing(
  { spans }: Pick<IsolateState, "spans">,
  settings: TraceSettings | null,
  environment: string,
): { trace: InvocationTrace; traceExporter: TraceExporter | null } {
  if (settings === null) return { trace: new InvocationTrace(null), traceExporter: null };
  const trace = new InvocationTrace({ spans, ratio: settings.ratio, obeysCallers: settings.obeysCallers });
  return { trace, traceExporter: new OtlpExporter(settings, environment) };
}
