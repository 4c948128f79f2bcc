import { MAX_IMAGE_BYTES } from "../../domain/image.ts";
import type { WireImage } from "../upload/wire.ts";
import { SendFailure } from "./upload-queue.ts";
import type { Sending } from "./upload-queue.ts";

/** A connection on which nothing moves for so long is lost. */
const STALL_MS = 90_000;
/** `ftyp` stands behind the length of the first box (ISO/IEC 14496-12); the major brand follows. */
const BRAND_END = 12;
const BRANDS: Readonly<Record<string, string>> = {
  heic: "image_heic_unsupported",
  heix: "image_heic_unsupported",
  hevc: "image_heic_unsupported",
  heim: "image_heic_unsupported",
  heis: "image_heic_unsupported",
  mif1: "image_heic_unsupported",
  msf1: "image_heic_unsupported",
  avif: "image_avif_unsupported",
  avis: "image_avif_unsupported",
};

/** Sends one file and answers the image. Refuses at once what need not travel to be refused. */
export async function sendFile(file: File, org: string, sending: Sending): Promise<WireImage> {
  const code = await refusalOf(file);
  if (code !== null) throw new SendFailure(code);
  sending.signal.throwIfAborted();
  return post(file, org, sending);
}

async function refusalOf(file: File): Promise<string | null> {
  if (file.size > MAX_IMAGE_BYTES) return "body_too_large";
  try {
    const start = new TextDecoder("latin1").decode(await file.slice(0, BRAND_END).arrayBuffer());
    if (start === "") return "empty_file";
    return start.slice(4, 8) === "ftyp" ? (BRANDS[start.slice(8)] ?? null) : null;
  } catch {
    return "unreadable_file";
  }
}

/** By `XMLHttpRequest`: `fetch` does not tell how much is sent. */
function post(file: File, org: string, { signal, onShare }: Sending): Promise<WireImage> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stall: ReturnType<typeof setTimeout> | undefined;
    const alive = (): void => {
      clearTimeout(stall);
      stall = setTimeout(() => request.abort(), STALL_MS);
    };
    const lost = (): void => reject(new SendFailure("network"));
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      alive();
      onShare(total === 0 ? 0 : loaded / total);
    });
    request.addEventListener("load", () => settle(request, resolve, reject));
    request.addEventListener("error", lost);
    request.addEventListener("abort", lost);
    request.addEventListener("loadend", () => clearTimeout(stall));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    const query = new URLSearchParams({ file_name: file.name, ...(org === "" ? {} : { org }) });
    request.open("POST", `/v1/images?${query}`);
    // What the file is, the service sees for itself.
    request.setRequestHeader("Content-Type", "application/octet-stream");
    alive();
    request.send(file);
  });
}

function settle(
  request: XMLHttpRequest,
  resolve: (image: WireImage) => void,
  reject: (failure: SendFailure) => void,
): void {
  const body = parsed(request.responseText);
  const { status } = request;
  // Our own API's.
  if (status >= 200 && status < 300 && "id" in body) return resolve(body as unknown as WireImage);
  const wait = Number(request.getResponseHeader("Retry-After") ?? Number.NaN);
  const code = typeof body.code === "string" ? body.code : status === 413 ? "body_too_large" : "internal";
  reject(new SendFailure(code, String(body.detail ?? ""), Number.isFinite(wait) ? wait : null));
}

/** What stands before the deployment may answer in its own words, which are none of JSON. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
