import type { Dead } from "../postings.ts";

/** Where a walk writes; documents are numbered through all segments, those of the present one from `base`. */
export interface WalkTarget {
  slot: Int32Array;
  matched: Uint8Array;
  touched: Int32Array;
  touchedCount: number;
  base: number;
  dead: Dead;
  /** Documents that the present word touched first. */
  fresh: number;
}

/**
 * Takes one term's postings, which begin at `at`, into the slot of its word: of several terms of a word, a document
 * keeps the greatest weighted impact, and of equal ones the earliest place in the title.
 */
export function walkPostings(postings: Uint8Array, at: number, weight: number, target: WalkTarget): void {
  const { slot, matched, touched, dead } = target;
  let { touchedCount, fresh } = target;
  let byte = postings[at++];
  let left = byte & 127;
  for (let shift = 7; byte >= 128; shift += 7) {
    byte = postings[at++];
    left |= (byte & 127) << shift;
  }
  // The length of the body, which only readers of positions need.
  while (postings[at++] >= 128);
  let doc = target.base - 1;
  const base = target.base;
  for (; left > 0; left--) {
    byte = postings[at++];
    let head = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = postings[at++];
      head |= (byte & 127) << shift;
    }
    doc += (head >>> 2) + 1;
    let value = (weight * postings[at++]) << 8;
    if ((head & 1) === 1) value |= postings[at++];
    const known = slot[doc];
    if (value <= known) continue;
    if (dead !== null && (dead[(doc - base) >> 3] & (1 << ((doc - base) & 7))) !== 0) continue;
    slot[doc] = value;
    if (known !== 0) continue;
    fresh++;
    if (matched[doc]++ === 0) touched[touchedCount++] = doc;
  }
  target.touchedCount = touchedCount;
  target.fresh = fresh;
}

/** Takes one document into the slot, as `walkPostings` does. */
export function takeDocument(doc: number, value: number, target: WalkTarget): void {
  const at = target.base + doc;
  const known = target.slot[at];
  if (value <= known) return;
  target.slot[at] = value;
  if (known !== 0) return;
  target.fresh++;
  if (target.matched[at]++ === 0) target.touched[target.touchedCount++] = at;
}
