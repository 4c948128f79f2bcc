const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;

/**
 * A 32-bit checksum of words, four lanes at a time (after xxHash32 by Yann Collet, with multiply and xor-shift in place
 * of rotation). It finds damage, not malice.
 */
export function checksumWords(words: Uint32Array): number {
  let a = PRIME_1 | 0;
  let b = PRIME_2 | 0;
  let c = PRIME_3 | 0;
  let d = words.length | 0;
  const whole = words.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(a ^ words[i], PRIME_1);
    b = Math.imul(b ^ words[i + 1], PRIME_1);
    c = Math.imul(c ^ words[i + 2], PRIME_1);
    d = Math.imul(d ^ words[i + 3], PRIME_1);
    a ^= a >>> 15;
    b ^= b >>> 15;
    c ^= c >>> 15;
    d ^= d >>> 15;
  }
  for (let i = whole; i < words.length; i++) a = Math.imul(a ^ words[i], PRIME_2) ^ (a >>> 13);
  return mix(mix(mix(a, b), c), d) >>> 0;
}

function mix(state: number, lane: number): number {
  const mixed = Math.imul(state ^ (state >>> 15) ^ lane, PRIME_3);
  return mixed ^ (mixed >>> 13);
}
