const STEPS = [1, 2, 2.5, 5, 10] as const;

/**
 * Round numbers from 0 to the first that is not below `max`, about `count` steps apart: 1, 2, 2.5 or 5 times a power of
 * ten (Heckbert, "Nice numbers for graph labels", 1990). Counts are whole, so no step is below 1.
 */
export function niceTicks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fits = (step: number) => step * power >= rough * (1 - 1e-9) && (power >= 10 || step !== 2.5);
  const step = Math.max(1, (STEPS.find(fits) ?? 10) * power);
  const last = Math.ceil(max / step - 1e-9);
  return Array.from({ length: last + 1 }, (_, index) => index * step);
}

/** Maps `0..max` to pixels from `bottom` up to `top`. */
export function verticalScale(max: number, top: number, bottom: number): (value: number) => number {
  const span = max > 0 ? max : 1;
  return (value) => bottom - ((bottom - top) * value) / span;
}

/** The middle of the band of `index` among `count`, in percent of the width. */
export function bandCentre(index: number, count: number): number {
  return ((index + 0.5) / count) * 100;
}

/** Where a line's point stands, in percent: the first at the left edge, the last at the right. */
export function pointPosition(index: number, count: number): number {
  return count < 2 ? 50 : (index / (count - 1)) * 100;
}

/** The nearest of `count` points to `share` (0 to 1) of the width. */
export function nearestIndex(share: number, count: number, banded: boolean): number {
  const position = banded ? Math.floor(share * count) : Math.round(share * (count - 1));
  return Math.min(count - 1, Math.max(0, position));
}
