import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { percentile } from "./statistics.ts";

/** Milliseconds and requests/s of one load. */
export interface ClosedLoad {
  n: number;
  p50_ms: number;
  p95_ms: number;
  /** `null` under 100 requests. */
  p99_ms: number | null;
  rps: number;
  errors: number;
  bytes_mean: number;
}

export interface LoadPlan {
  port: number;
  connections: number;
  /** The text of the i-th request, head and all. */
  request(i: number): string;
  /** Either so long, or so many requests where each takes long. */
  seconds?: number;
  total?: number;
}

const HEAD_END = "\r\n\r\n";

/** The text of a GET over a connection that is kept. */
export function getText(port: number, path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join("")}\r\n`;
}

/** Whole length of an answer that begins with these bytes; 0 where that is not known yet, `null` of one in chunks. */
function lengthOf(bytes: Buffer): number | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return 0;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  return length === undefined ? null : end + HEAD_END.length + Number(length);
}

function isWhole(bytes: Buffer): boolean {
  const length = lengthOf(bytes);
  if (length === null) return bytes.subarray(-5).toString("latin1") === `0${HEAD_END}`;
  return length > 0 && bytes.length >= length;
}

interface Tally {
  times: number[];
  bytes: number;
  errors: number;
}

/** One after the other on one connection, until `next` has no more. */
async function work(port: number, next: () => string | null, tally: Tally): Promise<void> {
  let socket: Socket | null = null;
  for (let text = next(); text !== null; text = next()) {
    const opened: Socket = (socket ??= await open(port));
    const started = performance.now();
    const answer = await ask(opened, text);
    tally.times.push(performance.now() - started);
    tally.bytes += answer?.length ?? 0;
    if (answer === null || answer.toString("latin1", 9, 12) !== "200") tally.errors++;
    if (answer === null || /\r\nconnection: close/i.test(answer.toString("latin1", 0, 1024))) {
      opened.destroy();
      socket = null;
    }
  }
  socket?.destroy();
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** `null` where the server closes before the answer is whole. */
function ask(socket: Socket, text: string): Promise<Buffer | null> {
  const { promise, resolve } = Promise.withResolvers<Buffer | null>();
  let received: Buffer | null = null;
  const settle = (answer: Buffer | null): void => {
    socket.off("data", onData);
    socket.off("close", onClose);
    resolve(answer);
  };
  const onData = (part: Buffer): void => {
    received = received === null ? part : Buffer.concat([received, part]);
    if (isWhole(received)) settle(received);
  };
  const onClose = (): void => settle(null);
  socket.on("data", onData);
  socket.on("close", onClose);
  socket.write(text);
  return promise;
}

/**
 * A closed loop: each connection sends its next request when the answer is there; requests under way at the end are waited
 * for and counted. No latency is corrected or invented.
 */
export async function closedLoad({
  port,
  connections,
  request,
  seconds,
  total,
}: LoadPlan): Promise<ClosedLoad> {
  const tally: Tally = { times: [], bytes: 0, errors: 0 };
  const started = performance.now();
  const until = seconds === undefined ? Number.POSITIVE_INFINITY : started + seconds * 1_000;
  let sent = 0;
  const next = (): string | null =>
    sent >= (total ?? Number.POSITIVE_INFINITY) || performance.now() >= until ? null : request(sent++);
  await Promise.all(Array.from({ length: connections }, () => work(port, next, tally)));
  const took = (performance.now() - started) / 1_000;
  const sorted = tally.times.sort((a, b) => a - b);
  return {
    n: sorted.length,
    p50_ms: percentile(sorted, 50),
    p95_ms: percentile(sorted, 95),
    p99_ms: sorted.length >= 100 ? percentile(sorted, 99) : null,
    rps: sorted.length / took,
    errors: tally.errors,
    bytes_mean: Math.round(tally.bytes / Math.max(1, sorted.length)),
  };
}
