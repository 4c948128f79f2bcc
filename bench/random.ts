export type Random = () => number;

/** mulberry32: a seeded generator of numbers in [0, 1), the same on every machine. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number in [0, below). */
export function pickIndex(random: Random, below: number): number {
  return Math.floor(random() * below);
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[pickIndex(random, values.length)];
}

/** FNV-1a over UTF-16 code units: for splits that stay the same whatever the order. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
