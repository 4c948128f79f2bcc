import type { ImageHeader } from "../../src/domain/image.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { ErrorCode } from "../../src/domain/errors.ts";
import type { ImageCodec, ResizedImage } from "../../src/ports/image-codec.ts";
import { ImageHeaderReader } from "../../src/services/images/header/image-header-reader.ts";
import { streamOf } from "./codec.ts";
import type { WasmWatch } from "./wasm-watch.ts";

const CHUNK_BYTES = 65_536;

/** What became of one file. */
export interface Attempt {
  /** `ready`, the code of the refusal, or what else was thrown, which is a fault. */
  outcome: "ready" | ErrorCode | `fault: ${string}`;
  /** Who refused it. */
  stage: "header" | "codec";
  detail: string;
  header: ImageHeader | null;
  image: ResizedImage | null;
  cpuMs: number;
  wallMs: number;
  /** Of the largest instance meanwhile. */
  wasmBytes: number;
  /** The module trapped, whatever was made of it later. */
  isTrap: boolean;
}

type Part = Pick<Attempt, "outcome" | "stage" | "detail" | "header" | "image" | "isTrap">;

/** As an upload does before it keeps anything. Throws the refusal. */
export function readHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ImageHeaderReader();
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
    const header = reader.feed(bytes.subarray(offset, offset + CHUNK_BYTES));
    if (header !== null) return header;
  }
  return reader.end();
}

/** A fault of the module, whatever the wrapper makes of it: a trap, or an address outside its memory. */
function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return true;
  return error instanceof Error && error.cause !== undefined && isTrap(error.cause);
}

function refusal(error: unknown, stage: Attempt["stage"], header: ImageHeader | null): Part {
  const isKnown = error instanceof AppError && /^(image_|not_an_image$)/.test(error.code);
  const outcome = isKnown ? error.code : (`fault: ${String(error)}` as const);
  return { outcome, stage, detail: String(error), header, image: null, isTrap: isTrap(error) };
}

async function work(
  codec: ImageCodec,
  bytes: Uint8Array,
  given: ImageHeader["format"] | null,
): Promise<Part> {
  let header: ImageHeader | null = null;
  try {
    header = given === null ? readHeader(bytes) : null;
  } catch (error) {
    return refusal(error, "header", null);
  }
  try {
    const format = given ?? header?.format ?? "jpeg";
    const image = await codec.resize(streamOf(bytes), format);
    return { outcome: "ready", stage: "codec", detail: "", header, image, isTrap: false };
  } catch (error) {
    return refusal(error, "codec", header);
  }
}

/** The header first, then the codec, as the pipeline does; with `format`, the codec alone. */
export async function attempt(
  codec: ImageCodec,
  watch: WasmWatch,
  bytes: Uint8Array,
  format: ImageHeader["format"] | null = null,
): Promise<Attempt> {
  watch.reset();
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const part = await work(codec, bytes, format);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const isTrapped = part.isTrap || watch.traps > 0;
  return { ...part, isTrap: isTrapped, cpuMs: (user + system) / 1_000, wallMs, wasmBytes: watch.peakBytes };
}
