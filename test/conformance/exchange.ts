import { request } from "node:http";
import type { IncomingMessage } from "node:http";

/** A request as it is sent to every runtime, whatever its port is. */
export interface Recorded {
  name: string;
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | null;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, readonly string[]>>;
  body: Buffer;
}

/** The origin that all of them believe to be. */
export const HOST = "shop.example";
const TIMEOUT_MS = 20_000;

/** One connection a request and no decompression: what comes is what was sent. */
export function ask(port: number, { method, path, headers, body }: Recorded): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const length = body === null ? {} : { "content-length": String(body.length) };
  const sent = request(
    { host: "127.0.0.1", port, method, path, headers: { host: HOST, ...headers, ...length }, agent: false },
    (answer) => read(answer).then(resolve, reject),
  );
  sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`${method} ${path}: no answer`)));
  sent.once("error", reject);
  sent.end(body);
  return promise;
}

async function read(answer: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const headers = Object.fromEntries(
    Object.entries(answer.headersDistinct).map(([name, values]) => [name, values ?? []]),
  );
  return { status: answer.statusCode ?? 0, headers, body: Buffer.concat(pieces) };
}
