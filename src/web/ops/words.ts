import { count } from "../dashboard/format.ts";

/** `0.42 ms`, `12 ms`, `1.3 s`. */
export function millis(value: number | null): string {
  if (value === null) return "–";
  if (value >= 10_000) return `${count(Math.round(value / 1_000))} s`;
  if (value >= 1_000) return `${(value / 1_000).toFixed(1)} s`;
  if (value >= 10) return `${Math.round(value)} ms`;
  return `${value.toFixed(value < 1 ? 2 : 1)} ms`;
}

/** `1,204`, `12.3`, `0.25`: a rate with as many digits as it is known by. */
export function rate(value: number): string {
  if (value >= 100) return count(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, "");
}

/** `0 %`, `0.02 %`, `12.5 %`: small shares keep a digit that says more than nothing. */
export function percentage(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return `${value} %`;
  if (value < 0.01) return "< 0.01 %";
  if (value > 99.99) return "> 99.99 %";
  const digits = value < 1 || value > 99 ? 2 : 1;
  return `${value.toFixed(digits)} %`;
}

/** `4 s`, `3 min`, `2 h`, `5 d`: how long something has been so. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** `14:05` in UTC. */
export function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `23 Nov 2026, 14:05:09 UTC`. */
export function moment(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
