import type { Span, SpanAttributes, SpanKind } from "./span.ts";

/** Of the protocol's enumeration. */
const KINDS: Readonly<Record<SpanKind, number>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
};
const STATUS_ERROR = 2;
const NANOSECONDS = 1_000_000n;
const FRACTION = 1_000_000;

/** An ExportTraceServiceRequest of OTLP 1.x in its JSON form: ids in hexadecimal, 64-bit numbers as strings. */
export function otlpRequest(spans: readonly Span[], resource: SpanAttributes): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: "vitrine" }, spans: spans.map(spanOf) }],
      },
    ],
  };
}

function spanOf(span: Span): object {
  const { error } = span;
  const attributes = error === null ? span.attributes : { ...span.attributes, "error.type": error };
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId === null ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: nanoseconds(span.startMs),
    endTimeUnixNano: nanoseconds(Math.max(span.startMs, span.endMs)),
    attributes: attributesOf(attributes),
    status: error === null ? {} : { code: STATUS_ERROR },
  };
}

function attributesOf(attributes: SpanAttributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** Nanoseconds of today do not fit a double: whole milliseconds and their fraction are taken apart. */
function nanoseconds(ms: number): string {
  const whole = Math.floor(ms);
  return String(BigInt(whole) * NANOSECONDS + BigInt(Math.round((ms - whole) * FRACTION)));
}
