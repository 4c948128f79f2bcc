import { deflateSync, inflateSync } from "node:zlib";
import { pick, pickIndex, seeded } from "../../random.ts";
import type { Random } from "../../random.ts";
import type { ImageFormat } from "../../../src/domain/image.ts";
import { repairChecksums, structureOf } from "./segments.ts";
import type { Field } from "./segments.ts";

export interface SeedFile {
  name: string;
  format: ImageFormat;
  bytes: Uint8Array;
}

export interface Mutant {
  base: SeedFile;
  /** What was done, in order. */
  operators: string[];
  bytes: Uint8Array<ArrayBuffer>;
}

type Operator = (
  bytes: Uint8Array,
  random: Random,
  base: SeedFile,
  corpus: readonly SeedFile[],
) => Uint8Array;

const IDAT = new TextEncoder().encode("IDAT");
const MAX_FLIPS = 16;
const MAX_RUN = 64;
const MAX_OPERATORS = 3;
const BYTES = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
const LENGTHS = [0, 1, 2, 3, 7, 0x7f, 0x80, 0xff, 0x100, 0x3fff, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0xff_ffff];
const EXTREMES = [0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function flipBits(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const count = 1 + pickIndex(random, MAX_FLIPS);
  // Headers are short: half of all flips go to the first 200 bytes.
  const reach = random() < 0.5 ? Math.min(200, copy.length) : copy.length;
  for (let i = 0; i < count; i++) copy[pickIndex(random, reach)] ^= 1 << pickIndex(random, 8);
  return copy;
}

function setBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const at = pickIndex(random, copy.length);
  return copy.fill(pick(random, BYTES), at, at + 1 + pickIndex(random, MAX_RUN));
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, pickIndex(random, bytes.length));
}

function insert(bytes: Uint8Array, random: Random): Uint8Array {
  const at = pickIndex(random, bytes.length + 1);
  const run = Uint8Array.from({ length: 1 + pickIndex(random, MAX_RUN) }, () => pickIndex(random, 256));
  return concatenate(bytes.subarray(0, at), run, bytes.subarray(at));
}

function remove(bytes: Uint8Array, random: Random): Uint8Array {
  const at = pickIndex(random, bytes.length);
  return concatenate(bytes.subarray(0, at), bytes.subarray(at + 1 + pickIndex(random, MAX_RUN)));
}

/** The beginning of one file and the end of another, mostly of its own format. */
function splice(bytes: Uint8Array, random: Random, base: SeedFile, corpus: readonly SeedFile[]): Uint8Array {
  const same = corpus.filter(({ format }) => format === base.format);
  const other = pick(random, random() < 0.8 ? same : corpus).bytes;
  return concatenate(
    bytes.subarray(0, pickIndex(random, bytes.length + 1)),
    other.subarray(pickIndex(random, other.length)),
  );
}

function write(bytes: Uint8Array, { at, bytes: width, isLittleEndian }: Field, value: number): void {
  for (let i = 0; i < width; i++) {
    const shift = 8 * (isLittleEndian ? i : width - 1 - i);
    bytes[at + i] = (value >>> shift) & 255;
  }
}

function changeFields(bytes: Uint8Array, random: Random, { format }: SeedFile): Uint8Array {
  const copy = bytes.slice();
  const { fields } = safeStructure(copy, format);
  for (let i = 1 + pickIndex(random, 2); i > 0 && fields.length > 0; i--) {
    write(copy, pick(random, fields), pick(random, random() < 0.8 ? LENGTHS : EXTREMES));
  }
  return copy;
}

/** Segments in another order, twice, or left out. */
function rearrange(bytes: Uint8Array, random: Random, { format }: SeedFile): Uint8Array {
  const { segments } = safeStructure(bytes, format);
  if (segments.length < 2) return flipBits(bytes, random);
  const [first, last] = [segments[0].start, segments.at(-1)?.end ?? bytes.length];
  const parts = segments.map(({ start, end }) => bytes.subarray(start, end));
  const [from, to] = [pickIndex(random, parts.length), pickIndex(random, parts.length)];
  const kind = pickIndex(random, 3);
  if (kind === 0) [parts[from], parts[to]] = [parts[to], parts[from]];
  else if (kind === 1)
    parts.splice(to, 0, ...Array.from({ length: 1 + pickIndex(random, 20) }, () => parts[from]));
  else parts.splice(from, 1);
  return concatenate(bytes.subarray(0, first), ...parts, bytes.subarray(last));
}

/** Changes what a PNG has compressed: filters and samples, which zlib's own checksum hides from the others. */
function recompress(bytes: Uint8Array, random: Random, { format }: SeedFile): Uint8Array {
  const { segments } = safeStructure(bytes, format);
  const isData = ({ start }: { start: number }): boolean =>
    bytes.subarray(start + 4, start + 8).join() === IDAT.join();
  const data = segments.filter(isData);
  if (format !== "png" || data.length === 0) return flipBits(bytes, random);
  const packed = concatenate(...data.map(({ start, end }) => bytes.subarray(start + 8, end - 4)));
  try {
    const raw = pick(random, [flipBits, setBytes, insert, remove])(
      new Uint8Array(inflateSync(packed)),
      random,
    );
    const chunk = new Uint8Array(deflateSync(raw));
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, chunk.length);
    head.set(IDAT, 4);
    const changed = [bytes.subarray(0, data[0].start), head, chunk, new Uint8Array(4)];
    const whole = concatenate(...changed, bytes.subarray(data.at(-1)?.end));
    repairChecksums(whole);
    return whole;
  } catch {
    // Another operator has been at it.
    return flipBits(bytes, random);
  }
}

/** Of a file that other operators have been at, too: then there may be little left to find. */
function safeStructure(bytes: Uint8Array, format: ImageFormat): ReturnType<typeof structureOf> {
  try {
    return structureOf(bytes, format);
  } catch (error) {
    if (error instanceof RangeError) return { segments: [], fields: [] };
    throw error;
  }
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  flip: flipBits,
  set: setBytes,
  truncate,
  insert,
  remove,
  splice,
  field: changeFields,
  rearrange,
  recompress,
};
const NAMES = Object.keys(OPERATORS);
const LARGE_BYTES = 50_000;
const LARGE_SHARE = 0.04;

/** The mutant of a seed: the same of the same corpus, for ever. */
export function mutantOf(seed: number, corpus: readonly SeedFile[]): Mutant {
  const random = seeded(Math.imul(seed + 1, 0x9e37_79b1));
  const formats = [...new Set(corpus.map(({ format }) => format))];
  const format = pick(random, formats);
  const isLarge = random() < LARGE_SHARE;
  const some = corpus.filter((file) => file.format === format);
  const sized = some.filter(({ bytes }) => bytes.length > LARGE_BYTES === isLarge);
  const base = pick(random, sized.length > 0 ? sized : some);
  const operators = Array.from({ length: 1 + pickIndex(random, MAX_OPERATORS) }, () => pick(random, NAMES));
  let bytes = base.bytes;
  for (const name of operators) if (bytes.length > 0) bytes = OPERATORS[name](bytes, random, base, corpus);
  const mutant = new Uint8Array(bytes);
  if (format === "png" && random() < 0.75) repairChecksums(mutant);
  return { base, operators, bytes: mutant };
}
