import { PALETTE } from "./palette.ts";

/** What the address of a picture says: `<main>-<accent>-<form>-<seed>`, for example `sage-brass-1-4711`. */
export interface Variant {
  /** `#rrggbb` */
  main: string;
  /** `#rrggbb` */
  accent: string;
  /** Which of a kind's shapes, 0 to 9; a kind with fewer wraps around. */
  form: number;
  /** 0 to 9999: small differences of proportion, pattern and detail. */
  seed: number;
}

const PATTERN = /^([a-z]{3,12})-([a-z]{3,12})-([0-9])-(0|[1-9][0-9]{0,3})$/;

export function parseVariant(text: string): Variant | null {
  const parts = PATTERN.exec(text);
  if (!parts) return null;
  const main = PALETTE.get(parts[1] ?? "");
  const accent = PALETTE.get(parts[2] ?? "");
  if (main === undefined || accent === undefined) return null;
  return { main, accent, form: Number(parts[3]), seed: Number(parts[4]) };
}
