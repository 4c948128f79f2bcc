/** One price as published: so much for a million units (or a unit, for storage), beyond what a month includes. */
export interface Price {
  usdPerMillion: number;
  includedPerMonth: number;
  source: string;
}

/** When the copies of the price pages that were read are of; look there before you rely on a sum. */
export const PRICES_READ = "mid-2026";

const CLOUDFLARE = "developers.cloudflare.com";
const WORKERS = `${CLOUDFLARE}/workers/platform/pricing`;
const KV = `${CLOUDFLARE}/kv/platform/pricing`;
const R2 = `${CLOUDFLARE}/r2/pricing`;
const OBJECTS = `${CLOUDFLARE}/durable-objects/platform/pricing`;
const TURSO = "turso.tech/pricing";
const GB = 1_000_000;

/** What is billed by what is done. Units of storage are GB-months, of duration GB-seconds. */
export const PRICES = {
  requests: { usdPerMillion: 0.3, includedPerMonth: 10_000_000, source: WORKERS },
  cpuMs: { usdPerMillion: 0.02, includedPerMonth: 30_000_000, source: WORKERS },
  logEvents: { usdPerMillion: 0.6, includedPerMonth: 20_000_000, source: WORKERS },
  kvReads: { usdPerMillion: 0.5, includedPerMonth: 10_000_000, source: KV },
  kvWrites: { usdPerMillion: 5, includedPerMonth: 1_000_000, source: KV },
  blobReads: { usdPerMillion: 0.36, includedPerMonth: 10_000_000, source: R2 },
  blobWrites: { usdPerMillion: 4.5, includedPerMonth: 1_000_000, source: R2 },
  blobGb: { usdPerMillion: 0.015 * GB, includedPerMonth: 10, source: R2 },
  queueOperations: {
    usdPerMillion: 0.4,
    includedPerMonth: 1_000_000,
    source: `${CLOUDFLARE}/queues/platform/pricing`,
  },
  objectRequests: { usdPerMillion: 0.15, includedPerMonth: 1_000_000, source: OBJECTS },
  objectGbSeconds: { usdPerMillion: 12.5, includedPerMonth: 400_000, source: OBJECTS },
  rowsRead: { usdPerMillion: 0.001, includedPerMonth: 100_000_000_000, source: TURSO },
  rowsWritten: { usdPerMillion: 1, includedPerMonth: 100_000_000, source: TURSO },
  databaseGb: { usdPerMillion: 0.5 * GB, includedPerMonth: 24, source: TURSO },
} as const satisfies Record<string, Price>;

export type Unit = keyof typeof PRICES;
export type Usage = Record<Unit, number>;

/** What a month costs however little is done: Workers Paid, and Turso's Scaler plan. */
export const PLANS_USD = { workers: 5, turso: 24.92 } as const;

/** A message is written, read and deleted. */
export const OPERATIONS_PER_MESSAGE = 3;
/** Our line; that of the platform is turned off in wrangler.toml. */
export const LOG_EVENTS_PER_INVOCATION = 1;
/** The database bills rows that it looks at: for one given an index entry and its row, and one more for what is left out. */
export const ROWS_READ_FACTOR = 3;

export const UNITS = Object.keys(PRICES) as Unit[];

export function noUsage(): Usage {
  return Object.fromEntries(UNITS.map((unit) => [unit, 0])) as Usage;
}

/** In dollars, of every unit, as if nothing were included. */
export function listPrice(usage: Usage): Usage {
  return priced(usage, () => 0);
}

/** In dollars, of what one month's use goes beyond what its plans include. */
export function monthlyBill(usage: Usage): Usage {
  return priced(usage, (unit) => PRICES[unit].includedPerMonth);
}

function priced(usage: Usage, included: (unit: Unit) => number): Usage {
  const entries = UNITS.map((unit) => {
    const beyond = Math.max(0, usage[unit] - included(unit));
    return [unit, (beyond * PRICES[unit].usdPerMillion) / 1_000_000];
  });
  return Object.fromEntries(entries) as Usage;
}

export function sumOf(bill: Usage): number {
  return UNITS.reduce((sum, unit) => sum + bill[unit], 0);
}
