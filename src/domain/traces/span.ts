export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A span that has ended. Attributes are those of OpenTelemetry's semantic conventions, without personal data. */
export interface Span {
  traceId: string;
  spanId: string;
  parentId: string | null;
  name: string;
  kind: SpanKind;
  /** Milliseconds since the epoch, with fractions. */
  startMs: number;
  endMs: number;
  attributes: SpanAttributes;
  /** What kind of failure, `null` for none. */
  error: string | null;
}

const MAX_SPANS = 2_000;

/** Spans of an isolate that wait for their export. What finds no room is counted and let go. */
export class SpanBuffer {
  #spans: Span[] = [];
  #freeAt = -Infinity;
  #dropped = 0;

  add(span: Span): void {
    if (this.#spans.length < MAX_SPANS) this.#spans.push(span);
    else this.#dropped++;
  }

  /** Whether spans wait and nobody is about to send them; who gets `true` does, within `withinMs`. */
  takeTurn(now: number, withinMs: number): boolean {
    if (this.#spans.length === 0 || now < this.#freeAt) return false;
    this.#freeAt = now + withinMs;
    return true;
  }

  /** Nobody takes a turn before `at`. */
  endTurn(at: number): void {
    this.#freeAt = at;
  }

  /** At most `limit` of them, the oldest first. */
  take(limit: number): Span[] {
    return this.#spans.splice(0, limit);
  }

  /** How many found no room since the last time. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }
}
