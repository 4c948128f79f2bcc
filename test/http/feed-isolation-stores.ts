import type { Clock } from "../../src/ports/clock.ts";
import type { EdgeCache } from "../../src/ports/edge-cache.ts";
import type { Kv } from "../../src/ports/kv.ts";
import { checkKvWrite } from "../../src/platform/memory/kv.ts";
import type { Turns } from "./feed-isolation-turns.ts";

interface Kept {
  value: string | null;
  until: number;
}

export interface Weather {
  clock: Clock;
  random: () => number;
  turns: Turns;
}

/** As long as a place may go on with what it has read, be it a value, an older one, or that there is none. */
export const MAX_STALE_MS = 90_000;
const FAILS = 0.01;
const SEES_OWN = 0.5;

/** Sessions are kept there too: who looks one up is waited for in real time, which does not pass while it waits for its turn. */
function isPage(key: string): boolean {
  return key.startsWith("feed:");
}

/** What all places write to and read from, late. */
export class WeakCentre {
  readonly #values = new Map<string, Kept>();

  read(key: string, now: number): string | null {
    const kept = this.#values.get(key);
    return kept === undefined || kept.until <= now ? null : kept.value;
  }

  write(key: string, kept: Kept): void {
    this.#values.set(key, kept);
  }
}

/**
 * A store as one place sees it: what was read there, also that there was nothing, is answered again for up to 90 s, past
 * its lifetime too; what is written there may be as late there as elsewhere; and now and then it fails.
 */
export class WeakStore implements EdgeCache, Kv {
  readonly #weather: Weather;
  readonly #centre: WeakCentre;
  readonly #isKv: boolean;
  readonly #seen = new Map<string, Kept>();

  constructor(weather: Weather, centre: WeakCentre, isKv: boolean) {
    this.#weather = weather;
    this.#centre = centre;
    this.#isKv = isKv;
  }

  async get(key: string): Promise<string | null> {
    const { clock, random, turns } = this.#weather;
    if (!isPage(key)) return null;
    await turns.pass();
    if (random() < FAILS) throw new Error("The store does not answer");
    const seen = this.#seen.get(key);
    const now = clock.now();
    if (seen !== undefined && seen.until > now) return seen.value;
    const value = this.#centre.read(key, now);
    this.#seen.set(key, { value, until: now + random() * MAX_STALE_MS });
    await turns.pass();
    return value;
  }

  /** Beside the request that began it. */
  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    const { clock, random, turns } = this.#weather;
    if (this.#isKv) checkKvWrite(key, ttlSeconds);
    if (!isPage(key)) return Promise.resolve();
    return turns.run(async () => {
      await turns.pass();
      if (random() < FAILS) throw new Error("The store takes nothing");
      const now = clock.now();
      this.#centre.write(key, { value, until: now + ttlSeconds * 1_000 });
      if (random() < SEES_OWN) this.#seen.set(key, { value, until: now + random() * MAX_STALE_MS });
    });
  }

  async delete(): Promise<void> {
    throw new Error("Nothing is deleted here");
  }

  async getBytes(): Promise<null> {
    return null;
  }

  async putBytes(): Promise<void> {
    throw new Error("There are no bytes here");
  }

  /** As a data centre may at any time. */
  forget(): void {
    this.#seen.clear();
  }
}
