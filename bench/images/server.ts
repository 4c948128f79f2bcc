import { setTimeout as sleep } from "node:timers/promises";
import { vitrine } from "../deployment.ts";
import type { Deployment } from "../deployment.ts";

const READY_MS = 120_000;

/** The organisation that uploads, and a key that may. */
export async function createImageKey(deployment: Deployment, org = "bench"): Promise<string> {
  await vitrine(deployment, ["orgs", "create", org]);
  const created = await vitrine(deployment, ["keys", "create", org, "--scope", "images:write"]);
  return (created as { key: string }).key;
}

/** One server and who asks it. */
export interface Server {
  url: string;
  key: string;
}

export interface Uploaded {
  id: string;
  status: string;
}

export interface ImageState {
  id: string;
  status: "queued" | "processing" | "ready" | "failed";
  error?: { code: string; detail: string };
  width: number | null;
  height: number | null;
  variants: Record<string, { width: number; height: number; bytes: number }> | null;
}

/** The bytes as the request's body, `Content-Length` known. */
export async function upload(
  server: Server,
  body: Uint8Array | ReadableStream<Uint8Array>,
): Promise<Uploaded> {
  const response = await fetch(`${server.url}/v1/images`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.key}`, "content-type": "image/jpeg" },
    body: body as BodyInit,
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
  if (response.status !== 202) {
    throw new Error(`The upload is answered with ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as Uploaded;
}

export async function readState(server: Server, id: string): Promise<ImageState> {
  const response = await fetch(`${server.url}/v1/images/${id}`, {
    headers: { authorization: `Bearer ${server.key}` },
  });
  if (!response.ok)
    throw new Error(`The image is answered with ${response.status}: ${await response.text()}`);
  return (await response.json()) as ImageState;
}

/** Asks every `everyMs` until the image is ready or has failed. */
export async function untilDone(server: Server, id: string, everyMs: number): Promise<ImageState> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    const state = await readState(server, id);
    if (state.status === "ready" || state.status === "failed") return state;
    await sleep(everyMs);
  }
  throw new Error(`The image ${id} is not ready after ${READY_MS / 1_000} s`);
}

const [SOI_BYTES, COM_HEADER_BYTES] = [2, 4];

/** The same JPEG with a comment, so that its bytes are new to the server. */
export function withComment(jpeg: Uint8Array, comment: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(comment);
  const bytes = new Uint8Array(jpeg.length + COM_HEADER_BYTES + text.length);
  const length = text.length + 2;
  bytes.set(jpeg.subarray(0, SOI_BYTES));
  bytes.set([0xff, 0xfe, length >> 8, length & 255], SOI_BYTES);
  bytes.set(text, SOI_BYTES + COM_HEADER_BYTES);
  bytes.set(jpeg.subarray(SOI_BYTES), SOI_BYTES + COM_HEADER_BYTES + text.length);
  return bytes;
}
