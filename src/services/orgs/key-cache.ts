import type { CacheMemory } from "../../cache/memory.ts";
import type { Actor } from "../../domain/actor.ts";
import { LAST_RESORT_MS } from "../../domain/last-resort.ts";

const KNOWN_MS = 30_000;
const UNKNOWN_MS = 5_000;
const MAX_UNKNOWN = 256;
const ENTRY_BYTES = 500;
const UNKNOWN_SLOT = "auth:unknown";

function slotOf(hash: string): string {
  return `auth:key:${hash}`;
}

/** The actor of a key's hash, `null` for a key known to be unknown, `undefined` where nothing is remembered. */
export function recallKey(cache: CacheMemory, hash: string, now: number): Actor | null | undefined {
  const entry = cache.get(slotOf(hash));
  if (entry !== undefined && now - entry.storedAt < KNOWN_MS) return entry.value as Actor;
  const unknownAt = unknownKeys(cache)?.get(hash);
  return unknownAt !== undefined && now - unknownAt < UNKNOWN_MS ? null : undefined;
}

/** For when no key can be looked up: what was known of one within five minutes. */
export function recallKeyAtLast(cache: CacheMemory, hash: string, now: number): Actor | undefined {
  const entry = cache.get(slotOf(hash));
  const isRecent = entry !== undefined && now - entry.storedAt <= LAST_RESORT_MS;
  return isRecent ? (entry.value as Actor) : undefined;
}

export function rememberKey(cache: CacheMemory, hash: string, actor: Actor, now: number): void {
  cache.set(slotOf(hash), actor, ENTRY_BYTES, now);
}

export function forgetKey(cache: CacheMemory, hash: string): void {
  cache.delete(slotOf(hash));
}

/** Unknown keys share one slot of bounded size, so that guessing them flushes nothing else from the isolate. */
export function rememberUnknown(cache: CacheMemory, hash: string, now: number): void {
  const unknown = unknownKeys(cache) ?? new Map<string, number>();
  unknown.delete(hash);
  unknown.set(hash, now);
  for (const oldest of unknown.keys()) {
    if (unknown.size <= MAX_UNKNOWN) break;
    unknown.delete(oldest);
  }
  cache.set(UNKNOWN_SLOT, unknown, MAX_UNKNOWN * 100, now);
}

function unknownKeys(cache: CacheMemory): Map<string, number> | undefined {
  return cache.get(UNKNOWN_SLOT)?.value as Map<string, number> | undefined;
}
