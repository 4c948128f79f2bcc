import { rmSync } from "node:fs";
import type { ParseArgsOptionsConfig } from "node:util";
import type { Api } from "../api.ts";
import { wholeNumber, type Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { grouped } from "../output.ts";
import { openSource, type FileSource } from "./file-source.ts";
import type { ImportKind } from "./kind.ts";
import { ProgressBar } from "./progress.ts";
import { RejectedFile } from "./rejected.ts";
import { runImport } from "./run-import.ts";
import { ImportState, NOTHING_YET, type Progress } from "./state.ts";
import type { FinishedImport } from "./summary.ts";
import { AllRefused } from "./upload.ts";

/** Options of every command that imports a file. */
export const FILE_OPTIONS = {
  format: { type: "string" },
  delimiter: { type: "string" },
  "dry-run": { type: "boolean" },
  rejected: { type: "string" },
  state: { type: "string" },
  restart: { type: "boolean" },
  chunk: { type: "string" },
  concurrency: { type: "string" },
  quiet: { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;

export function fileHelp(chunkRecords: number): [option: string, meaning: string][] {
  return [
    ["--format FORMAT", "ndjson, json or csv; else from the name or the first character"],
    ["--delimiter CHAR", "Of CSV; else found in its first line"],
    ["--dry-run", "Read and convert everything, send nothing"],
    ["--rejected FILE", "Where rejected lines go, with their reasons; FILE.rejected.ndjson by default"],
    ["--state FILE", "Where to keep how far it has come; FILE.vitrine-import.json by default"],
    ["--restart", "Begin anew, whatever an interrupted import has done"],
    ["--chunk N", `Lines a request; ${chunkRecords} by default`],
    ["--concurrency N", "Requests at once; 2 by default: the database has a single writer"],
    ["--quiet", "No progress"],
  ];
}

/** Sends the file of the call to the service, going on where an interrupted import of it stopped. */
export async function importFile(
  invocation: Invocation,
  api: Api,
  kind: ImportKind,
): Promise<FinishedImport & { progress: ProgressBar }> {
  const concurrency = kind.isOrdered === true ? 1 : wholeNumber(invocation, "concurrency", 2, [1, 16]);
  const source = openSource(invocation, kind);
  const { state, done } = await openState(invocation, source, `${api.url}${kind.path}`);
  const progress = new ProgressBar(invocation, source.totalBytes, invocation.flag("quiet"));
  const rejectedFile = new RejectedFile(
    invocation.text("rejected") ?? `${source.label}.rejected.ndjson`,
    done.rejectedBytes,
  );
  const summary = await runImport({
    chunks: source.chunks(done, progress),
    bytesRead: () => source.meter.bytes,
    upload: { api, path: kind.path, signal: invocation.signal, onRetry: progress.onRetry },
    concurrency,
    progress,
    rejectedFile,
    state,
    done,
  })
    .catch((error: unknown) => {
      throw error instanceof AllRefused ? explained(error, kind) : error;
    })
    .finally(() => progress.clear());
  return { ...summary, noun: kind.noun, seconds: progress.seconds, done, rejectedFile, progress };
}

function explained({ message, first }: AllRefused, kind: ImportKind): UsageError {
  const hint = kind.hintOn?.(first.code) ?? null;
  return new UsageError(hint === null ? message : `${message}\n${hint}`);
}

async function openState(
  invocation: Invocation,
  { path, how, label }: FileSource,
  target: string,
): Promise<{ state: ImportState | null; done: Progress }> {
  if (path === null) return { state: null, done: NOTHING_YET };
  const statePath = invocation.text("state") ?? `${label}.vitrine-import.json`;
  if (invocation.flag("restart")) rmSync(statePath, { force: true });
  const state = await ImportState.open(statePath, path, [how, target]);
  const { done } = state;
  if (done.records > 0) {
    invocation.err(`Going on after line ${grouped(done.records)} (--restart begins anew)\n`);
  }
  return { state, done };
}
