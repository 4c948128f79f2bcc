import { CodecHolder } from "../../src/codec/holder.ts";
import { WasmImageCodec } from "../../src/codec/image-codec.ts";
import { imageCodecFile } from "../../src/platform/memory/image-codec.ts";
import type { ImageCodec } from "../../src/ports/image-codec.ts";

const CHUNK_BYTES = 65_536;

/** The codec as the platforms have it, with an isolate's state of its own. */
export function openCodec(): ImageCodec {
  return new WasmImageCodec(new CodecHolder(), imageCodecFile());
}

/** Bytes as a body arrives: 64 KiB at a time, when asked for. */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (offset < bytes.byteLength) controller.enqueue(bytes.subarray(offset, (offset += CHUNK_BYTES)));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
