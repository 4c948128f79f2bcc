import type { CacheMemory } from "../../cache/memory.ts";
import { AppError } from "../../domain/errors.ts";

/** There is nothing to show under an id: for good, or not yet. */
export type Absence = "not_found" | "image_not_ready";

/** How long an isolate remembers it. */
const REMEMBERED_MS: Readonly<Record<Absence, number>> = { not_found: 5_000, image_not_ready: 500 };
const RETRY_AFTER_SECONDS = 1;
const MAX_REMEMBERED = 256;
const SLOT = "pictures:absent";

type Remembered = Map<string, { absence: Absence; at: number }>;

export function recallAbsence(cache: CacheMemory, id: string, now: number): Absence | undefined {
  const known = remembered(cache)?.get(id);
  return known !== undefined && now - known.at < REMEMBERED_MS[known.absence] ? known.absence : undefined;
}

/** All share one slot of bounded size, so that guessing ids flushes nothing else from the isolate. */
export function rememberAbsence(cache: CacheMemory, id: string, absence: Absence, now: number): void {
  const all: Remembered = remembered(cache) ?? new Map();
  all.delete(id);
  all.set(id, { absence, at: now });
  for (const oldest of all.keys()) {
    if (all.size <= MAX_REMEMBERED) break;
    all.delete(oldest);
  }
  cache.set(SLOT, all, MAX_REMEMBERED * 200, now);
}

export function absentImage(id: string, absence: Absence): AppError {
  if (absence === "not_found") return new AppError(absence, `There is no picture of an image "${id}"`);
  const detail = `The pictures of the image "${id}" are being made`;
  return new AppError(absence, { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

function remembered(cache: CacheMemory): Remembered | undefined {
  return cache.get(SLOT)?.value as Remembered | undefined;
}
