/** Milliseconds since the epoch, UTC. */
export interface Clock {
  now(): number;
}

export function toRfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
