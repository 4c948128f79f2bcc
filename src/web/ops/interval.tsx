import type { Estimate } from "../../services/experiments/reading-types.ts";

/** How far from zero an estimate's picture goes. */
export function reachOf({ low, high }: Estimate): number {
  return Math.max(Math.abs(low), Math.abs(high)) * 1.15;
}

/** A difference around zero: left of it the treatment is worse. For the eye alone, words stand below. */
export function Interval({ estimate, reach }: { estimate: Estimate; reach: number }) {
  const x = (value: number): string => `${(50 + (50 * value) / (reach === 0 ? 1 : reach)).toFixed(2)}%`;
  const { value, low, high } = estimate;
  const side = low > 0 ? "ops-better" : high < 0 ? "ops-worse" : "ops-unsure";
  return (
    <svg class={`ops-interval ${side}`} width="100%" height="26" aria-hidden="true" focusable="false">
      <line class="grid" x1="0" x2="100%" y1="13.5" y2="13.5" />
      <line class="ops-zero" x1="50%" x2="50%" y1="2" y2="24" />
      <line class="ops-between" x1={x(low)} x2={x(high)} y1="13" y2="13" />
      <circle class="ops-estimate" cx={x(value)} cy="13" r="5" />
    </svg>
  );
}

/** A rate from nothing on, within its interval, on a scale that ends at `most`. */
export function RateRange({ estimate, most }: { estimate: Estimate; most: number }) {
  const x = (value: number): number => 4 + (most === 0 ? 0 : value / most) * 112;
  return (
    <svg class="ops-interval ops-unsure" width="120" height="18" aria-hidden="true" focusable="false">
      <line class="grid" x1="0" x2="120" y1="9.5" y2="9.5" />
      <line class="ops-between" x1={x(estimate.low)} x2={x(estimate.high) + 0.01} y1="9" y2="9" />
      <circle class="ops-estimate" cx={x(estimate.value)} cy="9" r="4" />
    </svg>
  );
}
