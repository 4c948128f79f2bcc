import { type Span, type SpanAttributes, type SpanBuffer, type SpanKind } from "./span.ts";
import { isSampled, isSampledByRatio, newSpanId, type TraceContext } from "./trace-context.ts";

/** Where spans go and which traces are kept; `null` where no collector is set. */
export interface Tracing {
  spans: SpanBuffer;
  /** Of traces that begin here, from 0 to 1. */
  ratio: number;
  /** Whether a caller from outside decides for its own; else `ratio` does for all. */
  obeysCallers: boolean;
}

export interface Beginning {
  /** What the trace goes on from, `null` where it begins here. */
  parent: TraceContext | null;
  /** Of this deployment's own making, so that what it decided holds. */
  isOwnParent: boolean;
  /** 32 hex digits: the trace's where it begins here. */
  id: string;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface EndedWork {
  name: string;
  kind: SpanKind;
  /** By `performance.now()`. */
  startedMs: number;
  attributes: SpanAttributes;
  error: string | null;
}

/** A query, a page and a job have few parts; a loop may have thousands. */
const MAX_PARTS = 128;
const SAMPLED = "01";
const NOT_SAMPLED = "00";

/** The trace of one invocation: one span of its own, and its parts below it. Costs nothing where it is not sampled. */
export class InvocationTrace {
  readonly #tracing: Tracing | null;
  #id = "";
  #spanId = "";
  #parentId: string | null = null;
  #flags = NOT_SAMPLED;
  #parts = 0;
  /** The epoch's time at `performance.now()` of 0: the runtime's own origin drifts off the clock. */
  #origin = 0;

  constructor(tracing: Tracing | null) {
    this.#tracing = tracing;
  }

  get id(): string {
    return this.#id;
  }

  /** For whom this invocation calls or leaves a job. */
  get traceparent(): string {
    return `00-${this.#id}-${this.#spanId}-${this.#flags}`;
  }

  /** Whether there is a collector at all. */
  get isOn(): boolean {
    return this.#tracing !== null;
  }

  get isRecording(): boolean {
    return this.#tracing !== null && this.#flags === SAMPLED;
  }

  /** Goes on with the caller's trace, or begins one. A queue's invocation begins once for each message. */
  begin({ parent, isOwnParent, id, now }: Beginning): void {
    this.#id = parent?.id ?? id;
    this.#spanId = newSpanId();
    this.#parentId = parent?.parent ?? null;
    this.#flags = this.#isKept(parent, isOwnParent, id) ? SAMPLED : NOT_SAMPLED;
    this.#parts = 0;
    this.#origin = now - performance.now();
  }

  /** A part that has ended just now. */
  part(work: EndedWork): void {
    if (!this.isRecording || ++this.#parts > MAX_PARTS) return;
    this.#add(work, { spanId: newSpanId(), parentId: this.#spanId });
  }

  /** The invocation itself has ended. */
  end(work: EndedWork): void {
    if (this.isRecording) this.#add(work, { spanId: this.#spanId, parentId: this.#parentId });
  }

  /** Without a collector a caller's decision is passed on, which costs nothing. */
  #isKept(parent: TraceContext | null, isOwnParent: boolean, id: string): boolean {
    const tracing = this.#tracing;
    if (parent !== null && (tracing === null || isOwnParent || tracing.obeysCallers))
      return isSampled(parent.flags);
    // By an id of our own: whoever chooses the trace's could choose one that is kept.
    return tracing !== null && isSampledByRatio(id, tracing.ratio);
  }

  #add({ startedMs, ...work }: EndedWork, ids: Pick<Span, "spanId" | "parentId">): void {
    const startMs = this.#origin + startedMs;
    const endMs = this.#origin + performance.now();
    this.#tracing?.spans.add({ ...ids, ...work, traceId: this.#id, startMs, endMs });
  }
}
