import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { findSiteKey } from "../../db/queries/site-keys.ts";
import type { LiveSiteKey } from "../../db/queries/site-keys.ts";

const FRESH_MS = 30_000;
const SITE_KEY = /^site_[0-9a-f]{32}$/;

/** A key that may still be used; a revocation holds everywhere within 30 s. Throws `not_found` for any other. */
export async function requireSiteKey(
  deps: Pick<Deps, "db" | "clock" | "isolate">,
  id: unknown,
): Promise<LiveSiteKey> {
  if (typeof id !== "string" || !SITE_KEY.test(id)) throw noSuchKey();
  const { cache } = deps.isolate;
  const slot = `events:site:${id}`;
  const now = deps.clock.now();
  const entry = cache.get(slot);
  if (entry !== undefined && Math.abs(now - entry.storedAt) < FRESH_MS) return entry.value as LiveSiteKey;
  const key = await findSiteKey(deps.db, id);
  // Keys that are unknown are not remembered: guessing them must flush nothing else.
  if (key === undefined) throw noSuchKey();
  cache.set(slot, key, JSON.stringify(key).length * 2, now);
  return key;
}

function noSuchKey(): AppError {
  return new AppError("not_found", "There is no such site key");
}
