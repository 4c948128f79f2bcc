import { bytesToHex } from "@noble/hashes/utils.js";

/** What a caller says of the trace that it is in (W3C Trace Context). */
export interface TraceContext {
  /** 32 hex digits. */
  id: string;
  /** The caller's span: 16 hex digits. */
  parent: string;
  /** Two hex digits; the lowest bit says that the caller keeps the trace. */
  flags: string;
}

const SAMPLED = 1;

/** The trace of a W3C `traceparent`; `null` where it is absent or breaks the format (then a new one starts). */
export function parseTraceparent(header: string | undefined): TraceContext | null {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header ?? "");
  if (match === null) return null;
  const [, version, id, parent, flags, more] = match;
  const forbidden = version === "ff" || (version === "00" && more !== undefined);
  return forbidden || /^0+$/.test(id) || /^0+$/.test(parent) ? null : { id, parent, flags };
}

export function isSampled(flags: string): boolean {
  return (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED;
}

/**
 * Whether a trace that begins here is kept: by the last 53 bits of its id, so that all services that go by the ratio agree.
 */
export function isSampledByRatio(traceId: string, ratio: number): boolean {
  if (ratio >= 1) return true;
  const high = Number.parseInt(traceId.slice(-14, -8), 16) % 2 ** 21;
  const low = Number.parseInt(traceId.slice(-8), 16);
  return (high * 2 ** 32 + low) / 2 ** 53 < ratio;
}

export function newSpanId(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(8)));
}
