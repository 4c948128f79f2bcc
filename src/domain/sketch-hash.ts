/** The finaliser of MurmurHash3 (Austin Appleby, public domain): a bijection of 32 bits in which each input bit reaches all. */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

export interface Hash64 {
  high: number;
  low: number;
}

/**
 * 64 bits of a whole number from 0 to 2^53 - 1, as two unsigned halves: a Feistel network of `mix`, so that no two numbers
 * share a hash. Numbers that follow each other, as the database gives them, come out as good as random ones. `seed` makes
 * another, independent hash.
 */
export function hashOf(value: number, seed = 0): Hash64 {
  let left = value >>> 0;
  let right = Math.floor(value / 2 ** 32) ^ mix(seed);
  right ^= mix(left + 0x9e3779b9);
  left ^= mix(right + 0x6a09e667);
  right ^= mix(left + 0xbb67ae85);
  left ^= mix(right + 0x3c6ef372);
  return { high: left >>> 0, low: right >>> 0 };
}
