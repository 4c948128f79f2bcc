import type { Span } from "../domain/traces/span.ts";

/** Hands spans to a collector, in bounded time. Failures throw; the spans are then lost. */
export interface TraceExporter {
  /** How long spans wait for others to go with them. */
  readonly waitMs: number;
  send(spans: readonly Span[]): Promise<void>;
}
