import { resourceUsage } from "node:process";
import type { Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { duration, grouped, printFields } from "../output.ts";
import type { RejectedFile } from "./rejected.ts";
import type { ImportSummary } from "./run-import.ts";
import type { Progress } from "./state.ts";

export interface FinishedImport extends ImportSummary {
  /** What the records are: "events". */
  noun: string;
  seconds: number;
  /** Until searches saw it, where that was waited for. */
  searchableSeconds?: number;
  done: Progress;
  rejectedFile: RejectedFile;
}

/** Prints what an import has done and answers the exit code. */
export function printSummary(invocation: Invocation, finished: FinishedImport): number {
  if (invocation.flag("json")) printFields(invocation, fieldsOf(finished));
  else printText(invocation, finished);
  if (finished.broken !== null) return EXIT.failed;
  return finished.rejected > 0 ? EXIT.rejected : EXIT.ok;
}

function rateOf({ records, done, seconds }: FinishedImport): number {
  return Math.round((records - done.records) / seconds);
}

function fieldsOf(finished: FinishedImport): Record<string, unknown> {
  const { records, accepted, duplicates, rejected, seconds, broken, searchableSeconds } = finished;
  return {
    records,
    accepted,
    ...(duplicates > 0 ? { duplicates } : {}),
    rejected,
    seconds,
    rows_per_second: rateOf(finished),
    ...(searchableSeconds === undefined ? {} : { searchable_seconds: searchableSeconds }),
    peak_memory_mb: Math.round(resourceUsage().maxRSS / 1_024),
    rejected_file: rejected > 0 ? finished.rejectedFile.path : null,
    broken,
  };
}

function printText(invocation: Invocation, finished: FinishedImport): void {
  const { accepted, duplicates, rejected, records, seconds, broken, rejectedFile, noun } = finished;
  const known = duplicates > 0 ? `, ${grouped(duplicates)} known before` : "";
  const speed = `in ${duration(seconds)} (${grouped(rateOf(finished))} ${noun}/s)`;
  invocation.out(`${grouped(accepted)} accepted${known}, ${grouped(rejected)} rejected ${speed}\n`);
  if (rejected > 0) invocation.out(`Rejected lines and their reasons: ${rejectedFile.path}\n`);
  if (finished.searchableSeconds !== undefined) {
    invocation.out(`Searchable after ${duration(finished.searchableSeconds)}\n`);
  }
  if (broken === null) return;
  const kept = `The ${grouped(records)} records before that are imported.`;
  invocation.err(`${broken}. ${kept} Call again with the whole file: it goes on from there.\n`);
}
