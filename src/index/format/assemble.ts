import { checksumWords } from "./checksum.ts";
import { FORMAT_VERSION, HEADER, HEADER_WORDS, MAGIC, SECTIONS } from "./layout.ts";
import type { SectionName } from "./layout.ts";

const ALIGNMENT = 8;

function aligned(bytes: number): number {
  return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
}

/** Lays the sections one after the other behind the header, and seals them with the checksum. */
export function assemble(
  sections: Readonly<Record<SectionName, ArrayBufferView<ArrayBuffer>>>,
  size: number,
  generation: number,
): ArrayBuffer {
  let length = aligned((HEADER_WORDS + 2 * SECTIONS.length) * 4);
  const offsets = SECTIONS.map((name) => {
    const offset = length;
    length = aligned(length + sections[name].byteLength);
    return offset;
  });
  const buffer = new ArrayBuffer(length);
  const words = new Uint32Array(buffer);
  SECTIONS.forEach((name, i) => {
    const { buffer: source, byteOffset, byteLength } = sections[name];
    new Uint8Array(buffer, offsets[i], byteLength).set(new Uint8Array(source, byteOffset, byteLength));
    words[HEADER_WORDS + 2 * i] = offsets[i];
    words[HEADER_WORDS + 2 * i + 1] = byteLength;
  });
  words[HEADER.magic] = MAGIC;
  words[HEADER.version] = FORMAT_VERSION;
  words[HEADER.byteLength] = length;
  words[HEADER.size] = size;
  words[HEADER.generationLow] = generation >>> 0;
  words[HEADER.generationHigh] = Math.floor(generation / 2 ** 32);
  words[HEADER.sections] = SECTIONS.length;
  words[HEADER.checksum] = sealOf(words);
  return buffer;
}

/** The checksum of a segment: of all words behind the checksum itself. */
export function sealOf(words: Uint32Array): number {
  return checksumWords(words.subarray(HEADER.checksum + 1));
}
