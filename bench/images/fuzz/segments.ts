import { crc32 } from "node:zlib";
import type { ImageFormat } from "../../../src/domain/image.ts";

/** A part of a file that its format can tell from the next. */
export interface Segment {
  start: number;
  end: number;
}

/** Where a format says how long or how large something is. */
export interface Field {
  at: number;
  bytes: 1 | 2 | 4;
  isLittleEndian: boolean;
}

export interface Structure {
  segments: Segment[];
  fields: Field[];
}

const PNG_SIGNATURE = 8;
const CHUNK_EXTRA = 12;
const JPEG_SOS = 0xda;

function jpegStructure(file: DataView): Structure {
  const structure: Structure = { segments: [], fields: [] };
  for (let at = 2; at + 4 <= file.byteLength && file.getUint8(at) === 0xff;) {
    const marker = file.getUint8(at + 1);
    let end = at + 2 + file.getUint16(at + 2);
    structure.fields.push({ at: at + 2, bytes: 2, isLittleEndian: false });
    if (marker >= 0xc0 && marker <= 0xc2) {
      for (const offset of [5, 7])
        structure.fields.push({ at: at + offset, bytes: 2, isLittleEndian: false });
      for (const offset of [4, 9, 11, 14])
        structure.fields.push({ at: at + offset, bytes: 1, isLittleEndian: false });
    }
    if (marker === JPEG_SOS) {
      // The compressed data: up to the next marker that is not a restart or a stuffed 0xff.
      while (end + 1 < file.byteLength && !isMarker(file, end)) end++;
    }
    structure.segments.push({ start: at, end });
    at = end;
  }
  return structure;
}

function isMarker(file: DataView, at: number): boolean {
  const next = file.getUint8(at + 1);
  return file.getUint8(at) === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7);
}

function pngStructure(file: DataView): Structure {
  const structure: Structure = { segments: [], fields: [] };
  for (let at = PNG_SIGNATURE; at + CHUNK_EXTRA <= file.byteLength;) {
    const end = at + CHUNK_EXTRA + file.getUint32(at);
    structure.segments.push({ start: at, end });
    structure.fields.push({ at, bytes: 4, isLittleEndian: false });
    if (at === PNG_SIGNATURE) {
      for (const offset of [8, 12])
        structure.fields.push({ at: at + offset, bytes: 4, isLittleEndian: false });
      for (const offset of [16, 17, 20])
        structure.fields.push({ at: at + offset, bytes: 1, isLittleEndian: false });
    }
    at = end;
  }
  return structure;
}

function webpStructure(file: DataView): Structure {
  const structure: Structure = { segments: [], fields: [{ at: 4, bytes: 4, isLittleEndian: true }] };
  for (let at = 12; at + 8 <= file.byteLength;) {
    const length = file.getUint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    structure.segments.push({ start: at, end });
    structure.fields.push({ at: at + 4, bytes: 4, isLittleEndian: true });
    // Sizes of a canvas, of a frame and of a key frame lie in the first 16 bytes.
    for (const offset of [8, 12, 14, 18, 20])
      structure.fields.push({ at: at + offset, bytes: 2, isLittleEndian: true });
    at = end;
  }
  return structure;
}

function gifStructure(file: DataView): Structure {
  const fields = [6, 8].map((at): Field => ({ at, bytes: 2, isLittleEndian: true }));
  const structure: Structure = {
    segments: [],
    fields: [...fields, { at: 10, bytes: 1, isLittleEndian: true }],
  };
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  for (let at = 13 + tableBytes(file.getUint8(10)); at < file.byteLength;) {
    const kind = file.getUint8(at);
    let end = at + 1;
    if (kind === 0x21) end = at + 2;
    if (kind === 0x2c && at + 10 < file.byteLength) {
      for (const offset of [1, 3, 5, 7])
        structure.fields.push({ at: at + offset, bytes: 2, isLittleEndian: true });
      structure.fields.push({ at: at + 9, bytes: 1, isLittleEndian: true });
      end = at + 11 + tableBytes(file.getUint8(at + 9));
    }
    if (kind === 0x21 || kind === 0x2c) end = endOfBlocks(file, end, structure.fields);
    structure.segments.push({ start: at, end });
    at = end;
  }
  return structure;
}

function endOfBlocks(file: DataView, from: number, fields: Field[]): number {
  for (let at = from; at < file.byteLength; at += file.getUint8(at) + 1) {
    fields.push({ at, bytes: 1, isLittleEndian: true });
    if (file.getUint8(at) === 0) return at + 1;
  }
  return file.byteLength;
}

function bmpStructure(file: DataView): Structure {
  const offset = file.getUint32(10, true);
  const long = [2, 10, 14, 18, 22, 30, 34, 46, 50].map((at): Field => ({
    at,
    bytes: 4,
    isLittleEndian: true,
  }));
  const short = [26, 28].map((at): Field => ({ at, bytes: 2, isLittleEndian: true }));
  const segments = [
    { start: 14, end: 54 },
    { start: 54, end: offset },
    { start: offset, end: file.byteLength },
  ];
  return { segments, fields: [...long, ...short] };
}

const READERS: Readonly<Record<ImageFormat, (file: DataView) => Structure>> = {
  jpeg: jpegStructure,
  png: pngStructure,
  webp: webpStructure,
  gif: gifStructure,
  bmp: bmpStructure,
};

/** The parts of a valid file. */
export function structureOf(file: Uint8Array, format: ImageFormat): Structure {
  const { segments, fields } = READERS[format](new DataView(file.buffer, file.byteOffset, file.byteLength));
  return {
    segments: segments.filter(({ start, end }) => start < end && end <= file.length),
    fields: fields.filter(({ at, bytes }) => at + bytes <= file.length),
  };
}

/** Makes the checksums of a PNG's chunks right again, so that what was changed is read and not refused at once. */
export function repairChecksums(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = PNG_SIGNATURE; at + CHUNK_EXTRA <= file.length;) {
    const length = view.getUint32(at);
    if (at + CHUNK_EXTRA + length > file.length) return;
    view.setUint32(at + 8 + length, crc32(file.subarray(at + 4, at + 8 + length)));
    at += CHUNK_EXTRA + length;
  }
}
