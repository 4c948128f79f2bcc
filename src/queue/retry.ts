/** Deliveries of one message, the last of which buries it: `max_retries` of wrangler.toml and one. */
export const MAX_DELIVERIES = 6;

const BASE_SECONDS = 2;
const CAP_SECONDS = 300;

/** Seconds before delivery `attempts + 1`: exponential with a cap and full jitter, so that failures spread out. */
export function retryDelaySeconds(attempts: number, random: () => number = Math.random): number {
  const ceiling = Math.min(CAP_SECONDS, BASE_SECONDS * 2 ** Math.max(0, attempts - 1));
  return Math.max(1, Math.round(ceiling * (0.5 + random() / 2)));
}
