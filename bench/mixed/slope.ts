import { mean } from "../statistics.ts";

export interface Point {
  minutes: number;
  bytes: number;
}

/** Growth in percent of the level at the first point for each ten minutes, with its interval of 95 %. */
export interface Slope {
  percent: number;
  low: number;
  high: number;
  /** The level at the first point, by the fitted line. */
  bytes: number;
  points: number;
  /** Of each residual with the next. */
  correlation: number;
}

const LEAST_POINTS = 5;
const LEAST_FREEDOM = 3;
/** Of the level: residuals below it are those of floating point. */
const EXACT = 1e-9;
const Z = 1.959964;

/** Student's t that 2.5 % exceed (Abramowitz and Stegun, 26.7.5), to 0.01 from 4 degrees of freedom on. */
export function studentT(freedom: number): number {
  const terms = [
    (Z ** 3 + Z) / 4,
    (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96,
    (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), Z);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * Least squares. Memory wanders: residuals follow each other, and as many independent ones as they stand for are counted,
 * n (1 - r) / (1 + r) (Santer et al., Journal of Geophysical Research 105, 2000, equation 6); where that leaves too few the
 * interval is all numbers. `null` for under five points.
 */
export function slopeOf(points: readonly Point[]): Slope | null {
  if (points.length < LEAST_POINTS) return null;
  const [x, y] = [points.map(({ minutes }) => minutes), points.map(({ bytes }) => bytes)];
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = sumOf(x.map((value) => (value - meanX) ** 2));
  const slope = sumOf(x.map((value, i) => (value - meanX) * (y[i] - meanY))) / spread;
  const residuals = x.map((value, i) => y[i] - meanY - slope * (value - meanX));
  const squares = sumOf(residuals.map((one) => one * one));
  const products = sumOf(residuals.slice(1).map((one, i) => one * residuals[i]));
  const correlation = squares < (meanY * EXACT) ** 2 ? 0 : Math.max(0, products / squares);
  const freedom = (points.length * (1 - correlation)) / (1 + correlation) - 2;
  const error =
    freedom < LEAST_FREEDOM
      ? Number.POSITIVE_INFINITY
      : Math.sqrt(squares / freedom / spread) * studentT(freedom);
  const level = meanY + slope * (x[0] - meanX);
  const percent = (bytesAMinute: number) => (bytesAMinute * 10 * 100) / level;
  return {
    percent: percent(slope),
    low: percent(slope - error),
    high: percent(slope + error),
    bytes: level,
    points: points.length,
    correlation,
  };
}
