import type { Clock } from "../ports/clock.ts";
import type { CacheMemory } from "./memory.ts";

interface FillPorts {
  isolate: { cache: CacheMemory };
  clock: Clock;
}

/** A fill that was cut off with its request blocks others for no longer. */
export const FILL_LEASE_MS = 2_000;
const POLL_MS = 5;

/**
 * What `fill` gives, asked for once at a time for a key and isolate: others wait, at most two seconds, for what `recall`
 * then finds, and fill themselves where it finds nothing. They poll under a lease, since a Worker's request must not wait
 * for another's promise.
 */
export async function fillOnce<T>(
  ports: FillPorts,
  key: string,
  recall: () => T | undefined,
  fill: () => Promise<T>,
): Promise<T> {
  const { cache } = ports.isolate;
  if (!cache.beginFill(key, ports.clock.now(), FILL_LEASE_MS)) {
    await untilFilled(ports, key);
    const found = recall();
    if (found !== undefined) return found;
    // Whoever held the lease has failed, or is too slow to be waited for.
    return fill();
  }
  try {
    return await fill();
  } finally {
    cache.endFill(key);
  }
}

async function untilFilled(ports: FillPorts, key: string): Promise<void> {
  const filling = () => ports.isolate.cache.filling(key, ports.clock.now());
  for (let waitedMs = 0; waitedMs < FILL_LEASE_MS && filling(); waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
