import { resourceUsage } from "node:process";
import type { Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { duration, grouped, printFields } from "../output.ts";
import type { RejectedFile } from "./rejected.ts";
import type { ImportSummary } from "./run-import.ts";
import type { Progress } from "./state.ts";

export interface FinishedImport extends ImportSummary {
  seconds: number;
  /** Until searches saw it, where that was waited for. */
  searchableSeconds: number;
  done: Progress;
  rejectedFile: RejectedFile;
}

/** Prints what an import has done and answers the exit code. */
export function printSummary(invocation: Invocation, finished: FinishedImport): number {
  const { accepted, rejected, records, seconds, done, broken, rejectedFile } = finished;
  const rowsPerSecond = Math.round((records - done.records) / seconds);
  const waited = invocation.flag("wait");
  if (invocation.flag("json")) {
    const peakMemoryMb = Math.round(resourceUsage().maxRSS / 1_024);
    const searchable = waited ? { searchable_seconds: finished.searchableSeconds } : {};
    const where = { rejected_file: rejected > 0 ? rejectedFile.path : null, broken };
    const speed = { seconds, rows_per_second: rowsPerSecond, ...searchable, peak_memory_mb: peakMemoryMb };
    printFields(invocation, { records, accepted, rejected, ...speed, ...where });
  } else {
    const speed = `in ${duration(seconds)} (${grouped(rowsPerSecond)} rows/s)`;
    invocation.out(`${grouped(accepted)} accepted, ${grouped(rejected)} rejected ${speed}\n`);
    if (rejected > 0) invocation.out(`Rejected lines and their reasons: ${rejectedFile.path}\n`);
    if (waited) invocation.out(`Searchable after ${duration(finished.searchableSeconds)}\n`);
    if (broken !== null) {
      const kept = `The ${grouped(records)} records before that are imported.`;
      invocation.err(`${broken}. ${kept} Call again with the whole file: it goes on from there.\n`);
    }
  }
  if (broken !== null) return EXIT.failed;
  return rejected > 0 ? EXIT.rejected : EXIT.ok;
}
