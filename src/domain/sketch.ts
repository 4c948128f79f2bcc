import { estimateOf } from "./sketch-estimate.ts";
import { hashOf } from "./sketch-hash.ts";

const INDEX_BITS = 14;
const REGISTERS = 2 ** INDEX_BITS;
/** Of the hash's other 50 bits: leading zeros and one. */
const MAX_RANK = 64 - INDEX_BITS + 1;
const REGISTER_BITS = 6;
const DENSE_BYTES = (REGISTERS * REGISTER_BITS) / 8;
const LIST = 1;
const DENSE = 2;

/** The standard error of a count that is not exact, relative to it: √(3 ln 2 − 1) / √m (Ertl 2017), for m = 2^14 registers. */
export const SKETCH_ERROR = Math.sqrt(3 * Math.LN2 - 1) / Math.sqrt(REGISTERS);

/**
 * A set of users' numbers (whole, from 0 to 2^53 - 1) that can be united with others: the numbers themselves while they
 * take less than the 12 kB of a HyperLogLog (at least 1,500 users, mostly about 12,000), and exact so long; then
 * 2^14 registers. The union of the same users is the same, byte by byte, in whatever order and form they came.
 */
export class Sketch {
  /** Ascending, without repeats; `null` where there are registers instead. */
  #list: number[] | null = [];
  #registers: Uint8Array | null = null;

  static of(users: Iterable<number>): Sketch {
    const sketch = new Sketch();
    sketch.add(users);
    return sketch;
  }

  /** `null` for bytes of another format, or cut ones. */
  static decode(bytes: Uint8Array): Sketch | null {
    const sketch = new Sketch();
    const body = bytes.subarray(1);
    if (bytes[0] === LIST) {
      const list = readDeltas(body);
      if (list === null) return null;
      sketch.#list = list;
      return sketch;
    }
    if (bytes[0] !== DENSE || body.length !== DENSE_BYTES) return null;
    sketch.#list = null;
    sketch.#registers = unpack(body);
    return sketch;
  }

  get isExact(): boolean {
    return this.#list !== null;
  }

  /** How many users there are: rounded where it is an estimate, of the relative standard error `SKETCH_ERROR`. */
  get count(): number {
    if (this.#list !== null) return this.#list.length;
    return this.#registers === null ? 0 : Math.round(estimateOf(this.#registers, MAX_RANK));
  }

  /** In any order, with repeats. */
  add(users: Iterable<number>): void {
    if (this.#registers !== null) fill(this.#registers, users);
    else this.#unite(sortedUnique(users));
  }

  merge(other: Sketch): void {
    if (other.#registers !== null) {
      const registers = this.#dense();
      for (const [index, rank] of other.#registers.entries()) {
        if (rank > registers[index]) registers[index] = rank;
      }
    } else if (other.#list !== null) {
      if (this.#registers !== null) fill(this.#registers, other.#list);
      else this.#unite(other.#list);
    }
  }

  encode(): Uint8Array<ArrayBuffer> {
    const bytes =
      this.#list !== null ? new Uint8Array(1 + deltaBytes(this.#list)) : new Uint8Array(1 + DENSE_BYTES);
    bytes[0] = this.#list !== null ? LIST : DENSE;
    if (this.#list !== null) writeDeltas(this.#list, bytes);
    else pack(this.#dense(), bytes.subarray(1));
    return bytes;
  }

  /** Unites with ascending numbers. A superset's deltas never take fewer bytes, so the form depends on the set alone. */
  #unite(users: readonly number[]): void {
    const list = this.#list === null || this.#list.length === 0 ? [...users] : mergeSorted(this.#list, users);
    this.#list = list;
    if (deltaBytes(list) >= DENSE_BYTES) this.#dense();
  }

  #dense(): Uint8Array {
    if (this.#registers !== null) return this.#registers;
    const registers = new Uint8Array(REGISTERS);
    fill(registers, this.#list ?? []);
    this.#registers = registers;
    this.#list = null;
    return registers;
  }
}

function fill(registers: Uint8Array, users: Iterable<number>): void {
  for (const user of users) {
    const { high, low } = hashOf(user);
    const index = high >>> (32 - INDEX_BITS);
    const rest = (high << INDEX_BITS) >>> 0;
    // The 18 bits that the index leaves of the upper half come before the lower half.
    const zeros = rest === 0 ? 32 - INDEX_BITS + Math.clz32(low) : Math.clz32(rest);
    if (zeros + 1 > registers[index]) registers[index] = zeros + 1;
  }
}

function sortedUnique(users: Iterable<number>): number[] {
  const sorted = Float64Array.from(users).sort();
  const unique: number[] = [];
  for (const user of sorted) if (user !== unique.at(-1)) unique.push(user);
  return unique;
}

function mergeSorted(a: readonly number[], b: readonly number[]): number[] {
  const merged: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const next = Math.min(a[i], b[j]);
    if (a[i] === next) i++;
    if (b[j] === next) j++;
    merged.push(next);
  }
  for (; i < a.length; i++) merged.push(a[i]);
  for (; j < b.length; j++) merged.push(b[j]);
  return merged;
}

/** Bytes of the differences in LEB128: seven bits each, the lowest first. */
function deltaBytes(list: readonly number[]): number {
  let bytes = 0;
  let before = 0;
  for (const user of list) {
    let delta = user - before;
    for (bytes++; delta >= 128; bytes++) delta = Math.floor(delta / 128);
    before = user;
  }
  return bytes;
}

function writeDeltas(list: readonly number[], into: Uint8Array): void {
  let at = 1;
  let before = 0;
  for (const user of list) {
    let delta = user - before;
    for (; delta >= 128; delta = Math.floor(delta / 128)) into[at++] = (delta % 128) + 128;
    into[at++] = delta;
    before = user;
  }
}

function readDeltas(bytes: Uint8Array): number[] | null {
  const list: number[] = [];
  let user = 0;
  let scale = 1;
  for (const byte of bytes) {
    user += (byte & 127) * scale;
    if (byte >= 128) {
      scale *= 128;
      continue;
    }
    if (user <= (list.at(-1) ?? -1)) return null;
    list.push(user);
    scale = 1;
  }
  return scale === 1 ? list : null;
}

/** Four registers of 6 bits in three bytes. */
function pack(registers: Uint8Array, into: Uint8Array): void {
  for (let i = 0, at = 0; i < REGISTERS; i += 4, at += 3) {
    into[at] = registers[i] | (registers[i + 1] << 6);
    into[at + 1] = (registers[i + 1] >> 2) | (registers[i + 2] << 4);
    into[at + 2] = (registers[i + 2] >> 4) | (registers[i + 3] << 2);
  }
}

function unpack(bytes: Uint8Array): Uint8Array {
  const registers = new Uint8Array(REGISTERS);
  for (let i = 0, at = 0; i < REGISTERS; i += 4, at += 3) {
    registers[i] = bytes[at] & 63;
    registers[i + 1] = (bytes[at] >> 6) | ((bytes[at + 1] & 15) << 2);
    registers[i + 2] = (bytes[at + 1] >> 4) | ((bytes[at + 2] & 3) << 4);
    registers[i + 3] = bytes[at + 2] >> 2;
  }
  return registers;
}
