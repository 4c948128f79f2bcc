import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface SocketEvents {
  message(text: string): void;
  /** The peer's status code, 1006 where it hung up without one (RFC 6455, section 7.4.1). */
  close(code: number): void;
}

/** A text WebSocket (RFC 6455) to a program of this machine: with an origin, which wrangler asks for, and an end at once. */
export interface TextSocket {
  send(text: string): void;
  close(): void;
}

/** Rejects where nothing takes the upgrade within `timeoutMs`. */
export function openSocket(address: string, events: SocketEvents, timeoutMs: number): Promise<TextSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TextSocket>();
  const asked = request(address.replace(/^ws:/, "http:"), {
    headers: {
      Connection: "Upgrade",
      Upgrade: "websocket",
      Origin: "http://localhost",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    },
    timeout: timeoutMs,
  });
  asked.once("upgrade", (_response, socket: Socket, head: Buffer) => resolve(attach(socket, head, events)));
  asked.once("response", ({ statusCode }) => {
    reject(new Error(`it answers ${statusCode}`));
    asked.destroy();
  });
  asked.once("timeout", () => asked.destroy(new Error("no answer")));
  asked.once("error", reject);
  asked.end();
  return promise;
}

function attach(socket: Socket, head: Buffer, events: SocketEvents): TextSocket {
  socket.setTimeout(0);
  let held = head;
  let text: Buffer[] = [];
  let code = 1006;
  const take = (): void => {
    for (let frame = frameOf(held); frame !== null; frame = frameOf(held)) {
      held = held.subarray(frame.end);
      if (frame.kind === PING) socket.write(maskedFrame(PONG, frame.body));
      else if (frame.kind === CLOSE) {
        if (frame.body.length >= 2) code = frame.body.readUInt16BE(0);
        socket.destroy();
      } else if (frame.kind <= TEXT) {
        text.push(frame.body);
        if (!frame.isLast) continue;
        events.message(Buffer.concat(text).toString());
        text = [];
      }
    }
  };
  let pieces: Buffer[] = [];
  socket.on("data", (piece: Buffer) => {
    pieces.push(piece);
    // A profile comes in thousands of pieces: they are put together once it can be whole.
    const size = held.length + pieces.reduce((sum, one) => sum + one.length, 0);
    if (size < wantedBytes(held)) return;
    held = Buffer.concat([held, ...pieces]);
    pieces = [];
    take();
  });
  socket.once("error", () => socket.destroy());
  socket.once("close", () => events.close(code));
  take();
  return {
    send: (message) => void socket.write(maskedFrame(TEXT, Buffer.from(message))),
    close: () => void socket.destroy(),
  };
}

interface Frame {
  kind: number;
  isLast: boolean;
  body: Buffer;
  end: number;
}

/** Where the body starts and ends; `null` while that is not known. A server's frames have no mask. */
function extentOf(bytes: Buffer): { start: number; end: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return null;
  const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { start, end: start + size };
}

function wantedBytes(bytes: Buffer): number {
  return extentOf(bytes)?.end ?? 0;
}

function frameOf(bytes: Buffer): Frame | null {
  const extent = extentOf(bytes);
  if (extent === null || bytes.length < extent.end) return null;
  const { start, end } = extent;
  return { kind: bytes[0] & 0x0f, isLast: (bytes[0] & 0x80) !== 0, body: bytes.subarray(start, end), end };
}

/** A client's frames are masked, whatever for on one machine (RFC 6455, section 5.3). */
function maskedFrame(kind: number, body: Buffer): Buffer {
  const size = body.length < 126 ? [0x80 | body.length] : [0x80 | 126, body.length >> 8, body.length & 0xff];
  if (body.length > 0xffff) throw new RangeError(`A message of ${body.length} bytes is too long`);
  const mask = randomBytes(4);
  const masked = Buffer.from(body.map((byte, i) => byte ^ mask[i % 4]));
  return Buffer.concat([Buffer.from([0x80 | kind, ...size]), mask, masked]);
}
