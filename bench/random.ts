export { mulberry32 as seeded } from "../src/domain/random.ts";

export type Random = () => number;

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
