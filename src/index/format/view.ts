import { sealOf } from "./assemble.ts";
import { FORMAT_VERSION, HEADER, HEADER_WORDS, MAGIC, MAX_SEGMENT_PRODUCTS, SECTIONS } from "./layout.ts";
import type { SectionName } from "./layout.ts";

export type SegmentFault = "truncated" | "foreign" | "outdated" | "version" | "checksum" | "malformed";

/** Bytes that are not a whole segment of this format. */
export class SegmentError extends Error {
  readonly fault: SegmentFault;

  constructor(fault: SegmentFault, message: string) {
    super(message);
    this.name = "SegmentError";
    this.fault = fault;
  }
}

/** The sections of a buffer as typed arrays. */
export class SegmentView {
  readonly buffer: ArrayBuffer;
  readonly words: Uint32Array;

  constructor(buffer: ArrayBuffer, verify: boolean) {
    const least = (HEADER_WORDS + 2 * SECTIONS.length) * 4;
    if (buffer.byteLength < least) fail("truncated", `${buffer.byteLength} bytes are less than a header`);
    this.buffer = buffer;
    this.words = new Uint32Array(buffer, 0, buffer.byteLength >> 2);
    const header = (name: keyof typeof HEADER): number => this.words[HEADER[name]];
    if (header("magic") !== MAGIC) fail("foreign", "the bytes do not begin as a segment does");
    if (header("version") !== FORMAT_VERSION)
      fail(
        header("version") < FORMAT_VERSION ? "outdated" : "version",
        `format ${header("version")} is not ${FORMAT_VERSION}`,
      );
    if (header("byteLength") !== buffer.byteLength) {
      fail("truncated", `${buffer.byteLength} bytes of ${header("byteLength")}`);
    }
    if (verify && header("checksum") !== sealOf(this.words)) fail("checksum", "the checksum does not match");
    if (header("sections") !== SECTIONS.length || header("size") > MAX_SEGMENT_PRODUCTS)
      fail("malformed", "bad header");
  }

  bytes(name: SectionName): Uint8Array {
    const [offset, length] = this.#place(name, 1);
    return new Uint8Array(this.buffer, offset, length);
  }

  uint16(name: SectionName): Uint16Array {
    const [offset, length] = this.#place(name, 2);
    return new Uint16Array(this.buffer, offset, length);
  }

  uint32(name: SectionName): Uint32Array {
    const [offset, length] = this.#place(name, 4);
    return new Uint32Array(this.buffer, offset, length);
  }

  float64(name: SectionName): Float64Array {
    const [offset, length] = this.#place(name, 8);
    return new Float64Array(this.buffer, offset, length);
  }

  #place(name: SectionName, width: number): [number, number] {
    const at = HEADER_WORDS + 2 * SECTIONS.indexOf(name);
    const offset = this.words[at];
    const bytes = this.words[at + 1];
    if (offset % 8 !== 0 || bytes % width !== 0 || offset + bytes > this.buffer.byteLength) {
      fail("malformed", `section "${name}" lies outside the segment`);
    }
    return [offset, bytes / width];
  }
}

function fail(fault: SegmentFault, reason: string): never {
  throw new SegmentError(fault, `Cannot open index segment: ${reason}`);
}
