const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from each failed attempt to the next; Cloudflare delays a message by at most 12 hours. */
const DELAYS: readonly number[] = [5, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR];

export const MAX_ATTEMPTS = DELAYS.length + 1;

/** Whole seconds until the attempt after the `attempt`-th, spread by a tenth either way; `null` after the last. */
export function nextDelaySeconds(attempt: number, random: () => number = Math.random): number | null {
  const delay = DELAYS[attempt - 1];
  return delay === undefined ? null : Math.ceil(delay * (0.9 + random() / 5));
}
