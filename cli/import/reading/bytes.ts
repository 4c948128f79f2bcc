import { createReadStream } from "node:fs";
import { constants, createGunzip, type Gunzip } from "node:zlib";

/** The input ends or breaks where it should not; what came before it is good. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

export interface Meter {
  /** Bytes taken from the file so far, before decompression. */
  bytes: number;
}

// Small pieces: one of them may grow a thousandfold in decompression.
const PIECE_BYTES = 32_768;

/** Opened when it is first read. */
export async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Uint8Array>;
}

/** The bytes of `source`, decompressed where they are gzip (whatever the file is called), counted in `meter`. */
export async function* plainBytes(
  source: AsyncIterable<Uint8Array>,
  meter: Meter,
): AsyncGenerator<Uint8Array> {
  const pieces = counted(source, meter);
  const first = await pieces.next();
  if (first.done === true) return;
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  const all = prepended(first.value, pieces);
  yield* isGzip ? gunzip(all, meter) : all;
}

async function* counted(source: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    if (piece.length === 0) continue;
    meter.bytes += piece.length;
    yield piece;
  }
}

async function* prepended<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

// Not a pipeline of streams: on an error that discards what has been decompressed but not read.
async function* gunzip(source: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ flush: constants.Z_SYNC_FLUSH });
  let output: Uint8Array[] = [];
  let failure: Error | null = null;
  stream.on("data", (piece: Uint8Array) => output.push(piece));
  stream.on("error", (error) => (failure = error));
  const taken = (): Uint8Array[] => {
    const pieces = output;
    output = [];
    return pieces;
  };
  for await (const piece of source) {
    await settled(stream, (done) => stream.write(piece, done));
    yield* taken();
    if (failure !== null) throw broken(failure, meter);
  }
  await settled(stream, (done) => stream.once("end", done).end());
  yield* taken();
  if (failure !== null) throw broken(failure, meter);
}

/** Resolves when `work` calls back or the stream fails; the failure itself is read from its event. */
function settled(stream: Gunzip, work: (done: () => void) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const finish = (): void => {
    stream.off("error", finish);
    setImmediate(resolve);
  };
  stream.once("error", finish);
  work(finish);
  return promise;
}

function broken(error: Error, meter: Meter): SourceError {
  const what = /unexpected end/.test(error.message) ? "ends too early" : `is damaged (${error.message})`;
  return new SourceError(`The gzip ${what}, after ${meter.bytes.toLocaleString("en-US")} bytes`);
}
