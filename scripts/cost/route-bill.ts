import { CPU_CLASSES } from "../../src/domain/budget.ts";
import type { CpuClass } from "../../src/domain/budget.ts";
import {
  listPrice,
  LOG_EVENTS_PER_INVOCATION,
  noUsage,
  OPERATIONS_PER_MESSAGE,
  ROWS_READ_FACTOR,
  sumOf,
} from "./prices.ts";
import type { Usage } from "./prices.ts";
import type { Counts } from "./receipts.ts";

/** A bulk request is as long as its body: counted at what the example takes, not at the most that it may. */
const BULK_MS = 100;

export function cpuMsOf(cpu: CpuClass): number {
  return cpu === "bulk" ? BULK_MS : CPU_CLASSES[cpu];
}

/**
 * What one request uses, with the jobs it sent, each delivered by itself. CPU time is the request's alone.
 */
export function usageOf(counts: Counts, cpuMs: number): Usage {
  const invocations = 1 + counts.messages;
  return {
    ...noUsage(),
    requests: invocations,
    cpuMs,
    logEvents: invocations * LOG_EVENTS_PER_INVOCATION,
    kvReads: counts.kvReads,
    kvWrites: counts.kvWrites,
    blobReads: counts.blobReads + counts.jobBlobReads,
    blobWrites: counts.blobWrites + counts.jobBlobWrites,
    queueOperations: counts.messages * OPERATIONS_PER_MESSAGE,
    rowsRead: counts.rowsRead * ROWS_READ_FACTOR,
    rowsWritten: counts.rowsBilled,
  };
}

/** Dollars for a million such requests, as if nothing were included. */
export function usdPerMillion(counts: Counts, cpu: CpuClass): number {
  return sumOf(listPrice(usageOf(counts, cpuMsOf(cpu)))) * 1_000_000;
}
