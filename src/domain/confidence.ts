/** A range that holds the true value with the confidence asked for. */
export interface Range {
  low: number;
  high: number;
}

/** 1 - alpha is the confidence of everything that is read. */
export const ALPHA = 0.05;
/** The quantile of the standard normal distribution at 1 - ALPHA / 2. */
export const Z = 1.959963984540054;

/** Of `successes` of `n`: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). */
export function wilson(successes: number, n: number, z = Z): Range {
  const p = successes / n;
  const zz = z * z;
  const middle = (p + zz / (2 * n)) / (1 + zz / n);
  const half = (z / (1 + zz / n)) * Math.sqrt((p * (1 - p)) / n + zz / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Of the difference of two shares, `b` minus `a`: method 10 of Newcombe, "Interval estimation for the difference between
 * independent proportions", Statistics in Medicine 17 (1998), from the Wilson ranges of both.
 */
export function newcombe(a: readonly [successes: number, n: number], b: readonly [number, number]): Range {
  const [p, q] = [a[0] / a[1], b[0] / b[1]];
  const [ofP, ofQ] = [wilson(...a), wilson(...b)];
  return {
    low: q - p - Math.hypot(q - ofQ.low, ofP.high - p),
    high: q - p + Math.hypot(ofQ.high - q, p - ofP.low),
  };
}

/** Half a range, in standard errors, that holds at all looks together is tightest at so many units. */
const TIGHTEST_AT = 5_000;
const RHO_SQUARED = (-2 * Math.log(ALPHA) + Math.log(1 - 2 * Math.log(ALPHA))) / TIGHTEST_AT;

/**
 * How many standard errors an estimate from `n` units may be off, at whatever `n` one looks and however often: the asymptotic
 * confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic
 * confidence sequences", Annals of Statistics 52 (2024), theorem 2.2, with its rho for the units above.
 */
export function sequenceFactor(n: number): number {
  const spread = n * RHO_SQUARED;
  return Math.sqrt(((2 * (spread + 1)) / spread) * Math.log(Math.sqrt(spread + 1) / ALPHA));
}

/** Sums over units: `n` of what is divided by, `y` of what is counted. */
export interface Sums {
  units: number;
  n: number;
  y: number;
  nn: number;
  yy: number;
  ny: number;
}

/**
 * The ratio of two sums and its standard error, where the units are independent and what is within one is not: the delta method,
 * as Deng, Knoblich and Lu, "Applying the delta method in metric analytics", KDD 2018, has it. `null` for fewer than two units.
 */
export function ratioOf({ units, n, y, nn, yy, ny }: Sums): { value: number; error: number } | null {
  if (units < 2 || n <= 0) return null;
  const value = y / n;
  const squares = Math.max(0, yy - 2 * value * ny + value * value * nn);
  return { value, error: Math.sqrt((squares * units) / (units - 1)) / n };
}

/** Whether two arms have the sizes that were asked for: Pearson's chi-square of one degree of freedom, and its p. */
export function splitTest(
  control: number,
  treatment: number,
  share: number,
): { chiSquare: number; pValue: number } {
  const total = control + treatment;
  if (total === 0) return { chiSquare: 0, pValue: 1 };
  const off = treatment - total * share;
  const chiSquare = (off * off) / (total * share * (1 - share));
  return { chiSquare, pValue: Math.min(1, erfc(Math.sqrt(chiSquare / 2))) };
}

/** The complementary error function to 1.2e-7 of its value: Press et al., "Numerical Recipes", 2nd edition, section 6.2. */
export function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  const sum = terms.reduceRight((rest, term) => rest * t + term, 0);
  const value = t * Math.exp(-x * x + sum);
  return x >= 0 ? value : 2 - value;
}
