import type { Invocation } from "../command.ts";
import { duration, grouped } from "../output.ts";
import type { FoundFile } from "./find-files.ts";
import type { Outcome } from "./outcome.ts";

/** One file as a line of JSON. */
export function printOutcome(invocation: Invocation, { file, status, isKnown, image, error }: Outcome): void {
  const { id, sha256, url, width, height, variants } = image ?? {};
  const line = { file: file.path, status, id, sha256, known: isKnown, width, height, url, variants };
  invocation.out(`${JSON.stringify({ ...line, ...(error === null ? {} : error) })}\n`);
}

/** What was done, and at the end, where it is seen, what was not. */
export function printReport(
  invocation: Invocation,
  outcomes: readonly Outcome[],
  { seconds, sentBytes }: { seconds: number; sentBytes: number },
): void {
  const count = (status: Outcome["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  const known = outcomes.filter(({ isKnown }) => isKnown).length;
  const queued = count("queued") + count("processing");
  const parts = [`${grouped(count("ready"))} ready`];
  if (queued > 0) parts.push(`${grouped(queued)} uploaded`);
  parts.push(`${grouped(count("failed"))} failed`);
  if (known > 0) parts.push(`${grouped(known)} of them there before`);
  const megabytes = sentBytes / 1e6;
  const speed = `${megabytes.toFixed(1)} MB in ${duration(seconds)} (${(megabytes / seconds).toFixed(1)} MB/s)`;
  invocation.out(`${parts.join(", ")}: ${speed}\n`);
  printFailures(invocation, outcomes);
}

export function printFailures(invocation: Invocation, outcomes: readonly Outcome[]): void {
  const failures = outcomes.flatMap(({ file, error }) => (error === null ? [] : [{ file, error }]));
  const width = Math.max(0, ...failures.map(({ error }) => error.code.length));
  for (const { file, error } of failures)
    invocation.err(`${error.code.padEnd(width)}  ${file.path}: ${error.detail.split("\n")[0]}\n`);
}

/** What would be sent. */
export function printFiles(invocation: Invocation, files: readonly FoundFile[]): void {
  if (invocation.flag("json")) {
    for (const { path, bytes } of files) invocation.out(`${JSON.stringify({ file: path, bytes })}\n`);
    return;
  }
  for (const { path } of files) invocation.out(`${path}\n`);
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  invocation.err(`${grouped(files.length)} files, ${megabytes.toFixed(1)} MB: nothing was sent\n`);
}
