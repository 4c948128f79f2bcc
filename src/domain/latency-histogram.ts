/** Buckets grow by a 16th of an octave (4.4 %), from 10 microseconds on. */
const STEPS = 16;
const LEAST_MS = 0.01;
const MAX_BUCKET = 400;

/** The bucket of a latency: 0 for up to 10 microseconds. */
export function bucketOf(ms: number): number {
  if (!(ms > LEAST_MS)) return 0;
  return Math.min(MAX_BUCKET, 1 + Math.floor(STEPS * Math.log2(ms / LEAST_MS)));
}

/** Where a bucket begins and ends, in milliseconds. */
export function edgesOf(bucket: number): readonly [number, number] {
  if (bucket === 0) return [0, LEAST_MS];
  return [LEAST_MS * 2 ** ((bucket - 1) / STEPS), LEAST_MS * 2 ** (bucket / STEPS)];
}

export interface BucketCount {
  bucket: number;
  exposures: number;
}

/** The latency below which the share `q` lies, by interpolation within its bucket; `buckets` in their order. */
export function quantileOf(buckets: readonly BucketCount[], q: number): number {
  const total = buckets.reduce((sum, { exposures }) => sum + exposures, 0);
  const wanted = Math.min(Math.max(q, 0), 1) * total;
  let before = 0;
  for (const { bucket, exposures } of buckets) {
    const [low, high] = edgesOf(bucket);
    if (before + exposures >= wanted && exposures > 0)
      return low + ((high - low) * (wanted - before)) / exposures;
    before += exposures;
  }
  return Number.NaN;
}
