import { noUsage, UNITS } from "./prices.ts";
import type { Usage } from "./prices.ts";

/** A month of one route or job, or of what is kept. */
export interface Work {
  name: string;
  kind: "route" | "job" | "kept";
  /** Requests, or runs of a job. */
  times: number;
  usage: Usage;
  /** Round trips to the database, of which nothing is billed. */
  trips: number;
  /** Those of them that write: one at a time. */
  writes: number;
  messages: number;
}

export function work(name: string, kind: Work["kind"], times: number, usage: Partial<Usage>): Work {
  return { name, kind, times, usage: { ...noUsage(), ...usage }, trips: 0, writes: 0, messages: 0 };
}

export function times(usage: Usage, n: number): Usage {
  return Object.fromEntries(UNITS.map((unit) => [unit, usage[unit] * n])) as Usage;
}

export function added(usages: readonly Usage[]): Usage {
  const sum = noUsage();
  for (const usage of usages) for (const unit of UNITS) sum[unit] += usage[unit];
  return sum;
}

/** How often something happens that each of so many occasions would bring about, at most once in `everySeconds`. */
export function atMostOnce(perSecond: number, everySeconds: number): number {
  return perSecond / (1 + perSecond * everySeconds);
}
