/** Values to pixels, and the values that are written at the axis. */
export interface Scale {
  at(value: number): number;
  ticks: number[];
}

type Range = readonly [from: number, to: number];

/** Whole decades around the values. */
export function logScale(values: readonly number[], [from, to]: Range): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
  };
}

const STEPS = [1, 2, 2.5, 5, 10];

/** From 0 to a round number, in about `count` round steps. */
export function linearScale(most: number, [from, to]: Range, count = 4): Scale {
  const rough = Math.max(most, Number.MIN_VALUE) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((one) => one * power >= rough * 0.999) ?? 10);
  const last = Math.ceil(most / step);
  return {
    at: (value) => from + (value / (last * step)) * (to - from),
    ticks: Array.from({ length: last + 1 }, (_, i) => i * step),
  };
}

export function numberText(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(2)));
}
