import type { TermDictionary } from "../dictionary.ts";

/** Longer words are taken as they are: their states would not fit 31 bits. */
const MAX_FUZZY_LENGTH = 29;
const MAX_TERM_BYTES = 256;
const NEVER = 255;

/** States after so many bytes of a term: bit j of `errors[k]` says that j letters are matched with at most k errors. */
const errors = [
  new Int32Array(MAX_TERM_BYTES),
  new Int32Array(MAX_TERM_BYTES),
  new Int32Array(MAX_TERM_BYTES),
];
/** The least errors with which the whole word was matched by any of the first bytes. */
const prefixErrors = new Uint8Array(MAX_TERM_BYTES);
const masks = new Int32Array(128);

export interface FuzzyHit {
  term: number;
  distance: number;
  /** The word matched the whole term, not only its beginning. */
  whole: boolean;
}

/**
 * Edits that are forgiven: 0 up to two letters, 1 up to seven, 2 beyond; at most 1 beside digits, and none in numbers.
 * Of three letters only one may be missing, which is for the caller to see to.
 */
export function allowedEdits(word: string): number {
  if (word.length > MAX_FUZZY_LENGTH) return 0;
  const letters = word.replace(/\p{N}/gu, "").length;
  if (letters < word.length) return letters >= 4 ? 1 : 0;
  return letters <= 2 ? 0 : letters <= 7 ? 1 : 2;
}

/**
 * Terms within `edits` insertions, deletions, substitutions and swaps of neighbours of `word` (optimal string
 * alignment distance); with `prefix` also terms that begin so. The distance is computed along the sorted dictionary as
 * along a trie, by a bit-parallel automaton (after Wu, Manber, "Fast text searching allowing errors", CACM 1992, with
 * a transition for swaps), which dies as early as the letters rule out a match.
 */
export function fuzzyTerms(terms: TermDictionary, word: string, edits: number, prefix: boolean): FuzzyHit[] {
  const scan = new FuzzyScan(terms, word, edits, prefix);
  return scan.run();
}

class FuzzyScan {
  readonly #terms: TermDictionary;
  readonly #word: string;
  readonly #edits: number;
  readonly #prefix: boolean;
  readonly #accept: number;
  readonly #hits: FuzzyHit[] = [];

  constructor(terms: TermDictionary, word: string, edits: number, prefix: boolean) {
    this.#terms = terms;
    this.#word = word;
    this.#edits = edits;
    this.#prefix = prefix;
    this.#accept = 1 << word.length;
    masks.fill(0);
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      if (unit < 128) masks[unit] |= 2 << i;
    }
    for (let k = 0; k < 3; k++) errors[k][0] = (2 << k) - 1;
    prefixErrors[0] = NEVER;
  }

  run(): FuzzyHit[] {
    const { prefixes, buckets, size } = this.#terms;
    let bucket = 0;
    let dead = NEVER;
    for (let term = this.#terms.firstWord; term < size; term++) {
      const shared = term === this.#terms.firstWord ? 0 : prefixes[term];
      if (shared < dead) {
        dead = this.#step(term, shared);
        continue;
      }
      const begun = prefixErrors[dead];
      if (begun <= this.#edits) this.#hits.push({ term, distance: begun, whole: false });
      else if (dead <= 2) {
        // No term before the next bucket differs in its first two bytes.
        while (bucket < buckets.length && (buckets[bucket] <= term || prefixes[buckets[bucket]] >= dead))
          bucket++;
        if (bucket === buckets.length) break;
        term = buckets[bucket] - 1;
      }
    }
    return this.#hits;
  }

  /** Reads a term from its first byte that differs; returns after how many bytes no match is possible. */
  #step(term: number, shared: number): number {
    const { bytes, offsets } = this.#terms;
    const start = offsets[term];
    const length = offsets[term + 1] - start;
    let at = shared;
    while (at > 0 && (bytes[start + at] & 0xc0) === 0x80) at--;
    let previous = at > 0 ? this.#maskBefore(start, at) : 0;
    let before = at > 0 ? startBefore(bytes, start, at) : 0;
    while (at < length) {
      const lead = bytes[start + at];
      const next = at + (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3);
      const mask = lead < 0x80 ? masks[lead] : this.#maskAt(start + at);
      const alive = this.#advance(at, next, before, mask, previous);
      if (!alive) {
        if (prefixErrors[next] <= this.#edits)
          this.#hits.push({ term, distance: prefixErrors[next], whole: false });
        return next;
      }
      before = at;
      previous = mask;
      at = next;
    }
    this.#accepted(term, length);
    return NEVER;
  }

  /** From the states at byte `at` to those at `next`; `before` is where the letter before began. */
  #advance(at: number, next: number, before: number, mask: number, previous: number): boolean {
    const [none, one, two] = errors;
    const r0 = none[at];
    const n0 = (r0 << 1) & mask;
    none[next] = n0;
    let n1 = 0;
    let n2 = 0;
    const swapped = at > 0 ? (mask << 1) & previous : 0;
    if (this.#edits > 0) {
      const r1 = one[at];
      n1 = ((r1 << 1) & mask) | r0 | (r0 << 1) | (n0 << 1) | ((none[before] << 2) & swapped);
      one[next] = n1;
      if (this.#edits > 1) {
        n2 = ((two[at] << 1) & mask) | r1 | (r1 << 1) | (n1 << 1) | ((one[before] << 2) & swapped);
        two[next] = n2;
      }
    }
    if (this.#prefix) {
      const accept = this.#accept;
      const now = (n0 & accept) !== 0 ? 0 : (n1 & accept) !== 0 ? 1 : (n2 & accept) !== 0 ? 2 : NEVER;
      prefixErrors[next] = Math.min(now, prefixErrors[at]);
    } else prefixErrors[next] = NEVER;
    // Bits above the accepting one only come from letters beyond the word.
    const states = (this.#accept << 1) - 1;
    return ((n0 | n1 | n2) & states) !== 0;
  }

  #accepted(term: number, length: number): void {
    const begun = prefixErrors[length];
    for (let k = 0; k <= this.#edits && k <= begun; k++) {
      if ((errors[k][length] & this.#accept) === 0) continue;
      this.#hits.push({ term, distance: k, whole: true });
      return;
    }
    if (begun <= this.#edits) this.#hits.push({ term, distance: begun, whole: false });
  }

  #maskBefore(start: number, at: number): number {
    const before = start + startBefore(this.#terms.bytes, start, at);
    const lead = this.#terms.bytes[before];
    return lead < 0x80 ? masks[lead] : this.#maskAt(before);
  }

  /** Of a letter of two or three bytes: where the word has it. */
  #maskAt(at: number): number {
    const { bytes } = this.#terms;
    const lead = bytes[at];
    const unit =
      lead < 0xe0
        ? ((lead & 31) << 6) | (bytes[at + 1] & 63)
        : ((lead & 15) << 12) | ((bytes[at + 1] & 63) << 6) | (bytes[at + 2] & 63);
    let mask = 0;
    for (let i = 0; i < this.#word.length; i++) if (this.#word.charCodeAt(i) === unit) mask |= 2 << i;
    return mask;
  }
}

/** Where the letter begins that ends at byte `at`. */
function startBefore(bytes: Uint8Array, start: number, at: number): number {
  let before = at - 1;
  while (before > 0 && (bytes[start + before] & 0xc0) === 0x80) before--;
  return before;
}
