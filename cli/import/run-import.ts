import { SourceError } from "./reading/bytes.ts";
import type { Chunk } from "./chunks.ts";
import type { ProgressBar } from "./progress.ts";
import type { RejectedFile } from "./rejected.ts";
import { NOTHING_YET, type ImportState, type Progress } from "./state.ts";
import { upload, type Outcome, type UploadOptions } from "./upload.ts";

export interface ImportRun {
  chunks: AsyncIterable<Chunk>;
  bytesRead: () => number;
  upload: UploadOptions;
  /** Requests at once; 2 by default. */
  concurrency?: number;
  progress: ProgressBar;
  rejectedFile: RejectedFile;
  /** `null` where an import cannot be resumed (standard input, generated data). */
  state: ImportState | null;
  /** What an earlier run has done; `chunks` start behind it. */
  done?: Progress;
}

export interface ImportSummary extends Progress {
  /** Where and how the source broke; what came before is imported. */
  broken: string | null;
}

// One request is written while the next travels: more would only queue at the single writer of the database.
const CONCURRENCY = 2;

/** Sends every chunk and records, in order, what was acknowledged. Throws what cannot pass; the state then resumes. */
export async function runImport(run: ImportRun): Promise<ImportSummary> {
  const progress: Progress = { ...(run.done ?? NOTHING_YET) };
  const inFlight: { chunk: Chunk; outcome: Promise<Outcome> }[] = [];
  const commitOldest = async (): Promise<void> => {
    const oldest = inFlight.shift();
    if (oldest !== undefined) commit(run, progress, oldest.chunk, await oldest.outcome);
  };
  let broken: string | null = null;
  // What the service says of the first chunk is heard before more is sent.
  let isFirst = true;
  try {
    for await (const chunk of run.chunks) {
      const outcome = upload(chunk, { ...run.upload, isFirst });
      // Its failure is met when its turn comes; until then it must not count as unhandled.
      outcome.catch(() => undefined);
      inFlight.push({ chunk, outcome });
      if (isFirst || inFlight.length >= (run.concurrency ?? CONCURRENCY)) await commitOldest();
      isFirst = false;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw await settled(inFlight, error);
    broken = error.message;
  }
  try {
    while (inFlight.length > 0) await commitOldest();
  } catch (error) {
    throw await settled(inFlight, error);
  }
  if (broken === null) run.state?.clear();
  return { ...progress, broken };
}

/** `error`, once no request is under way: what comes next must not meet one of these. */
async function settled(inFlight: readonly { outcome: Promise<Outcome> }[], error: unknown): Promise<unknown> {
  await Promise.allSettled(inFlight.map(({ outcome }) => outcome));
  return error;
}

function commit(run: ImportRun, progress: Progress, chunk: Chunk, outcome: Outcome): void {
  run.rejectedFile.add(outcome.rejected);
  progress.records += chunk.records;
  progress.accepted += outcome.accepted;
  progress.duplicates += outcome.duplicates;
  progress.rejected += outcome.rejected.length;
  progress.rejectedBytes = run.rejectedFile.bytes;
  run.state?.save(progress);
  run.progress.update({ rows: progress.records, rejected: progress.rejected, bytesRead: run.bytesRead() });
}
