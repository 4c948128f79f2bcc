import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { record, type Api } from "../api.ts";
import { NetworkError } from "../errors.ts";
import { patiently, type Patience } from "../patience.ts";
import { nameOf, type FoundFile } from "./find-files.ts";

export interface SendOptions extends Patience {
  api: Api;
  org: string | undefined;
  /** Told of bytes as they leave, and of those that have to be sent again as a negative number. */
  onBytes: (bytes: number) => void;
}

/** A connection on which nothing moves for so long is lost. */
const STALL_MS = 60_000;
const PIECE_BYTES = 262_144;

/** SHA-256 of the file in hexadecimal. Throws what the file system throws. */
export async function digestOf({ path }: FoundFile): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }))
    hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** Sends the file as it is read, and answers the image. What can pass is tried again; else throws `ApiError`. */
export function sendFile(file: FoundFile, sha256: string, options: SendOptions): Promise<SentImage> {
  return patiently(() => attempt(file, sha256, options), options);
}

export type SentImage = Readonly<Record<string, unknown>>;

async function attempt(file: FoundFile, sha256: string, options: SendOptions): Promise<SentImage> {
  const { api, org, signal, onBytes } = options;
  const { size } = await stat(file.path);
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new NetworkError(`Nothing moved for ${STALL_MS / 1_000} s while "${file.path}" was sent`));
  }, STALL_MS);
  let sent = 0;
  let isOver = false;
  const onPiece = (bytes: number): void => {
    // What is read of a stream that nobody takes any more is not sent.
    if (isOver) return;
    timer.refresh();
    sent += bytes;
    onBytes(bytes);
  };
  try {
    const answer = await api.call({
      method: "POST",
      path: "/v1/images",
      query: { org, file_name: nameOf(file) },
      ...(size === 0 ? {} : { source: { stream: streamOf(pieces(file.path, onPiece)), bytes: size } }),
      headers: {
        "Content-Type": "application/octet-stream",
        "Content-Digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
      },
      signal: AbortSignal.any([signal, stalled.signal]),
      isLong: true,
    });
    return record(answer);
  } catch (error) {
    isOver = true;
    onBytes(-sent);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function* pieces(path: string, onPiece: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    onPiece((piece as Buffer).length);
    yield piece as Buffer;
  }
}

/** The stream of Node's own type, `ReadableStream.from`, is not the one that `fetch` is declared with. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
