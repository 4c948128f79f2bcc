import type { CachePolicy, TierPorts } from "../../cache/tiered.ts";
import { readThrough } from "../../cache/tiered.ts";
import type { Deps } from "../../deps.ts";
import { LAST_RESORT_SECONDS } from "../../domain/last-resort.ts";
import { AppError } from "../../domain/errors.ts";
import { findSiteKey } from "../../db/queries/site-keys.ts";
import type { LiveSiteKey } from "../../db/queries/site-keys.ts";

const POLICY: CachePolicy = {
  name: "site_key",
  freshSeconds: 15,
  staleSeconds: 15,
  shared: ["edge"],
  lastResortSeconds: LAST_RESORT_SECONDS,
};
const SITE_KEY = /^site_[0-9a-f]{32}$/;

/**
 * A key that may still be used; a revocation holds everywhere within 30 s, while the database is away for up to five minutes. Throws `not_found` for any other: those are not
 * remembered, so that guessing them flushes nothing else.
 */
export async function requireSiteKey(deps: Pick<Deps, "db"> & TierPorts, id: unknown): Promise<LiveSiteKey> {
  if (typeof id !== "string" || !SITE_KEY.test(id)) throw noSuchKey();
  return readThrough(deps, `events:site:${id}`, POLICY, async () => {
    const key = await findSiteKey(deps.db, id);
    if (key === undefined) throw noSuchKey();
    return key;
  });
}

function noSuchKey(): AppError {
  return new AppError("not_found", "There is no such site key");
}
