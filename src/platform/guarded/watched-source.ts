/** Longer than a store takes for one part of 5 MiB. */
const STALL_MS = 15_000;

export interface WatchedSource {
  stream: ReadableStream<Uint8Array>;
  /** Rejects once who reads has had a chunk for 15 s without asking for the next. */
  stalled: Promise<never>;
  /** Whether the source itself has failed. */
  hasFailed(): boolean;
  end(): void;
}

/** Tells a source that is slow or broken from a reader that is. Chunks are asked for one by one, as the reader asks. */
export function watchedSource(source: ReadableStream<Uint8Array>): WatchedSource {
  const reader = source.getReader();
  let failed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stall: (error: Error) => void = () => undefined;
  const stalled = new Promise<never>((_, reject) => (stall = reject));
  stalled.catch(() => undefined);
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    clearTimeout(timer);
    const { done, value } = await reader.read().catch((error: unknown) => {
      failed = true;
      throw error;
    });
    timer = setTimeout(() => stall(new Error(`The store took no chunk in ${STALL_MS} ms`)), STALL_MS);
    if (done) controller.close();
    else controller.enqueue(value);
  };
  const cancel = (reason: unknown) => reader.cancel(reason);
  // Nothing is read ahead: the source may use the memory of a chunk again.
  const stream = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
  return { stream, stalled, hasFailed: () => failed, end: () => clearTimeout(timer) };
}
