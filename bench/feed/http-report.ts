import type { Load } from "../reference.ts";

export interface FeedLoad extends Load {
  /** Milliseconds of CPU that the servers' processes take for a request. */
  serverCpuMs: number;
}

const NAMES: Readonly<Record<string, string>> = {
  after: "SQLAlchemy",
  after_tuned: "SQLAlchemy, tuned",
  cached: "SQLAlchemy, cached in Redis",
};

const PAIRS = [
  ["Vitrine, Deno, uncached", "after_tuned"],
  ["Vitrine, Deno, uncached", "after"],
  ["Vitrine, Deno, cached", "cached"],
  ["Vitrine, workerd, uncached", "after_tuned"],
  ["Vitrine, workerd, cached", "cached"],
] as const;

function nameOf(variant: string): string {
  return NAMES[variant] ?? variant;
}

function ratio(top: number | null, bottom: number | null): string | null {
  return top === null || bottom === null ? null : `${(top / bottom).toFixed(1)}×`;
}

/** How many times as many requests, and in how many times less, ours are answered. */
export function ratioRows(
  ours: readonly FeedLoad[],
  theirs: readonly FeedLoad[],
  connections: readonly number[],
) {
  return PAIRS.flatMap(([mine, their]) =>
    connections.flatMap((concurrency) => {
      const a = ours.find((load) => load.variant === mine && load.concurrency === concurrency);
      const b = theirs.find((load) => load.variant === their && load.concurrency === concurrency);
      if (a === undefined || b === undefined) return [];
      const rates = [ratio(a.rps, b.rps), ratio(a.rps_wrk, b.rps_wrk)];
      const times = [ratio(b.p50_ms, a.p50_ms), ratio(b.p99_ms, a.p99_ms)];
      return [[`${mine} : ${nameOf(their)}`, concurrency, ...rates, ...times]];
    }),
  );
}

export function rowOf({ variant, ...load }: FeedLoad) {
  const { concurrency, p50_ms, p99_ms, rps, rps_wrk, serverCpuMs, bytes_mean, errors } = load;
  return [nameOf(variant), concurrency, p50_ms, p99_ms, rps, rps_wrk, serverCpuMs, bytes_mean, errors];
}
