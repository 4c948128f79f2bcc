import type { Api } from "../api.ts";
import { ApiError } from "../errors.ts";
import type { Patience } from "../patience.ts";
import type { FoundFile } from "./find-files.ts";
import { ImageWatcher } from "./image-watcher.ts";
import { failed, isSettled, outcomeOf, type Outcome } from "./outcome.ts";
import { digestOf, sendFile } from "./send-file.ts";

export interface UploadRun extends Patience {
  api: Api;
  org: string | undefined;
  files: readonly FoundFile[];
  /** Requests at once. */
  concurrency: number;
  /** Whether to wait until the pictures are made. */
  waits: boolean;
  /** What the service has already, by SHA-256. */
  known: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  onBytes: (bytes: number) => void;
  /** What has become of a file, once that is known: failed, ready, or queued where nobody waits. */
  onOutcome: (outcome: Outcome) => void;
}

/** Statuses that are not about the file: all others would meet them, too. */
const OF_THE_CALL = new Set([401, 403, 404, 405]);

/** Sends all files, a few at once. Throws what is not about a single file; what was sent until then stays. */
export async function runUpload(run: UploadRun): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  /** Several files may be one image. */
  const waiting = new Map<string, FoundFile[]>();
  const watcher = new ImageWatcher({
    api: run.api,
    signal,
    onImage: (id, image) => {
      const files = waiting.get(id) ?? [];
      const outcomes = files.map((file) =>
        image === null
          ? failed(file, "not_found", "It was deleted meanwhile")
          : outcomeOf(file, image, false),
      );
      if (!outcomes.every(isSettled)) return;
      waiting.delete(id);
      outcomes.forEach(run.onOutcome);
    },
  });

  const settle = (outcome: Outcome): void => {
    const id = outcome.image?.id;
    if (!run.waits || isSettled(outcome) || typeof id !== "string") return run.onOutcome(outcome);
    waiting.set(id, [...(waiting.get(id) ?? []), outcome.file]);
    watcher.add(id);
  };

  const left = [...run.files];
  const work = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined; file = left.shift())
      settle(await sendOne(file, { ...run, signal }));
  };
  const sending = Promise.all(Array.from({ length: run.concurrency }, work)).finally(() => watcher.close());
  try {
    await Promise.all([sending, watcher.watch()]);
  } catch (error) {
    stop.abort(error);
    await sending.catch(() => undefined);
    throw error;
  }
}

async function sendOne(file: FoundFile, run: UploadRun): Promise<Outcome> {
  try {
    const sha256 = await digestOf(file);
    const known = run.known.get(sha256);
    if (known !== undefined) {
      run.onBytes(file.bytes);
      return outcomeOf(file, known, true);
    }
    return outcomeOf(file, await sendFile(file, sha256, run), false);
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof ApiError && !OF_THE_CALL.has(error.problem.status) && error.problem.status < 500) {
      run.onBytes(file.bytes);
      return failed(file, error.problem.code, error.message);
    }
    if (!isOfFileSystem(error)) throw error;
    return failed(file, "unreadable_file", error.message);
  }
}

function isOfFileSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
