import { ByteWriter } from "./bytes.ts";

/**
 * A static symbol table for short strings, after Boncz, Neumann, Leis, "FSST: Fast Random Access String Compression",
 * VLDB 2020: up to 255 symbols of one to eight bytes, each written as one byte; code 255 escapes the next byte. A
 * table without symbols means that strings are kept as they are.
 */
export const ESCAPE = 255;
const MAX_SYMBOLS = 255;
const MAX_SYMBOL_BYTES = 8;
const ROUNDS = 5;
const SAMPLE_BYTES = 48_000;
/** Fewer bytes than this are not worth a table. */
const MIN_BYTES = 8_192;

export class SymbolTable {
  readonly symbols: readonly Uint8Array[];
  /** Codes by first byte, the longest symbol first. */
  readonly #byFirstByte: number[][] = Array.from({ length: 256 }, () => []);

  constructor(symbols: readonly Uint8Array[]) {
    this.symbols = symbols;
    const order = symbols
      .map((_, code) => code)
      .sort((a, b) => symbols[b].length - symbols[a].length || a - b);
    for (const code of order) this.#byFirstByte[symbols[code][0]].push(code);
  }

  /** The code of the longest symbol that `bytes` holds at `at`, -1 without one. */
  match(bytes: Uint8Array, at: number, end: number): number {
    for (const code of this.#byFirstByte[bytes[at]]) {
      const symbol = this.symbols[code];
      if (at + symbol.length <= end && startsWith(bytes, at, symbol)) return code;
    }
    return -1;
  }

  encode(bytes: Uint8Array, start: number, end: number, into: ByteWriter): void {
    if (this.symbols.length === 0) return into.append(bytes.subarray(start, end));
    for (let at = start; at < end;) {
      const code = this.match(bytes, at, end);
      if (code < 0) {
        into.byte(ESCAPE);
        into.byte(bytes[at++]);
      } else {
        into.byte(code);
        at += this.symbols[code].length;
      }
    }
  }

  /** How many symbols, then length and bytes of each. */
  serialize(): Uint8Array<ArrayBuffer> {
    const out = new ByteWriter(2048);
    out.byte(this.symbols.length);
    for (const symbol of this.symbols) {
      out.byte(symbol.length);
      out.append(symbol);
    }
    return out.view();
  }
}

function startsWith(bytes: Uint8Array, at: number, symbol: Uint8Array): boolean {
  for (let i = 1; i < symbol.length; i++) if (bytes[at + i] !== symbol[i]) return false;
  return true;
}

/** Trains a table on strings that lie end to end in `bytes`, the i-th from `offsets[i]` to `offsets[i + 1]`. */
export function trainSymbols(bytes: Uint8Array, offsets: Uint32Array): SymbolTable {
  let table = new SymbolTable([]);
  if (bytes.length < MIN_BYTES) return table;
  const sample = pickSample(offsets);
  for (let round = 0; round < ROUNDS; round++) table = improve(table, bytes, offsets, sample);
  return table;
}

/** Strings spread evenly over all, about `SAMPLE_BYTES` of them. */
function pickSample(offsets: Uint32Array): number[] {
  const count = offsets.length - 1;
  const step = Math.max(1, Math.floor(offsets[count] / SAMPLE_BYTES));
  const sample: number[] = [];
  for (let i = 0; i < count; i += step) sample.push(i);
  return sample;
}

/** One round: compress the sample, count symbols and neighbours, keep what saves most. */
function improve(
  table: SymbolTable,
  bytes: Uint8Array,
  offsets: Uint32Array,
  sample: readonly number[],
): SymbolTable {
  const gains = new Map<string, number>();
  const count = (symbol: string): void => {
    if (symbol.length <= MAX_SYMBOL_BYTES) gains.set(symbol, (gains.get(symbol) ?? 0) + symbol.length);
  };
  const names = table.symbols.map((symbol) => String.fromCharCode(...symbol));
  for (const index of sample) {
    let previous = "";
    for (let at = offsets[index]; at < offsets[index + 1];) {
      const code = table.match(bytes, at, offsets[index + 1]);
      const symbol = code < 0 ? String.fromCharCode(bytes[at]) : names[code];
      at += symbol.length;
      count(symbol);
      // A single byte avoids an escape, so what it begins is worth extending by one byte as well.
      if (symbol.length > 1) count(symbol[0]);
      if (previous !== "") count(previous + symbol);
      previous = symbol;
    }
  }
  const best = [...gains].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_SYMBOLS);
  return new SymbolTable(best.map(([symbol]) => Uint8Array.from(symbol, (char) => char.charCodeAt(0))));
}

/** Reads what `SymbolTable.serialize` wrote and decodes strings. Safe for damaged bytes. */
export class SymbolDecoder {
  readonly #starts = new Uint16Array(256);
  readonly #lengths = new Uint8Array(256);
  readonly #table: Uint8Array;
  readonly raw: boolean;

  constructor(table: Uint8Array) {
    this.#table = table;
    this.raw = table[0] === 0;
    let at = 1;
    for (let code = 0; code < table[0]; code++) {
      this.#lengths[code] = table[at];
      this.#starts[code] = at + 1;
      at += 1 + table[at];
    }
  }

  /** Decodes `bytes[start, end)` into `into`; returns how many bytes. `into` must hold eight a byte. */
  decode(bytes: Uint8Array, start: number, end: number, into: Uint8Array): number {
    const table = this.#table;
    let length = 0;
    for (let at = start; at < end; at++) {
      const code = bytes[at];
      if (this.raw) into[length++] = code;
      else if (code === ESCAPE) into[length++] = bytes[++at];
      else {
        const from = this.#starts[code];
        const to = from + this.#lengths[code];
        for (let i = from; i < to; i++) into[length++] = table[i];
      }
    }
    return length;
  }
}
