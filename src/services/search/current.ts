import { createSnapshot, type IndexSnapshot } from "../../index/snapshot.ts";
import type { Synonyms } from "../../index/synonyms.ts";
import { follow } from "./follow.ts";
import { type FollowCtx, indexUnavailable, withSynonyms } from "./index-version.ts";

/** Younger than this, the snapshot is searched as it is. */
const FRESH_MS = 700;
/** Up to this age it is searched and brought up to date after the response; beyond, before it: so 2 s hold. */
const REFRESH_AFTER_RESPONSE_MS = 1_500;
/** How long a warm isolate's search waits for the database before it answers from what it has. */
const WARM_WAIT_MS = 400;
/** How long a cold isolate's search waits for all segments before it answers from those that are there. */
const COLD_WAIT_MS = 3_000;
const POLL_MS = 5;
/** After this time without a successful check, answers say `degraded`. */
const DEGRADED_AFTER_MS = 5_000;
const LEASE_MS = 10_000;

export interface Current {
  snapshot: IndexSnapshot;
  synonyms: Synonyms;
  /** Of all that answers depend on. */
  version: string;
  /** Some segments are not loaded yet, or the changes of the last seconds may be missing. */
  degraded: boolean;
}

/**
 * The snapshot to search in. A warm isolate costs no I/O here but for one database round trip in about a second, after
 * the response where that is soon enough. One request of an isolate loads; others wait for the values, not for its promise.
 * Throws `unavailable` while nothing can be loaded.
 */
export async function currentSnapshot(ctx: FollowCtx): Promise<Current> {
  const holder = ctx.isolate.index;
  // A clock that was set back must not make an old snapshot a new one.
  const age = Math.abs(ctx.clock.now() - holder.checkedAt);
  if (holder.snapshot !== null && age < FRESH_MS) return answer(ctx);
  if (holder.snapshot !== null && age < REFRESH_AFTER_RESPONSE_MS) {
    if (takeLease(ctx)) ctx.lifetime.defer(refresh(ctx));
    return answer(ctx);
  }
  if (holder.snapshot !== null && isAway(ctx)) {
    if (takeLease(ctx)) ctx.lifetime.defer(refresh(ctx));
    return answer(ctx);
  }
  const cold = holder.snapshot === null;
  const work = takeLease(ctx) ? refresh(ctx) : waitForOther(ctx, cold ? COLD_WAIT_MS : WARM_WAIT_MS);
  const done = await Promise.race([work.then(() => true), timeout(cold ? COLD_WAIT_MS : WARM_WAIT_MS)]);
  if (!done) ctx.lifetime.defer(work);
  return answer(ctx);
}

/**
 * In an isolate without an index: begins to load it, and gives the version that is being loaded as soon as the database
 * has told it. `null` where an index is there, or where the database has not told it lately and does not tell it in time.
 */
export async function announcedVersion(ctx: FollowCtx): Promise<string | null> {
  const holder = ctx.isolate.index;
  if (holder.snapshot !== null) return null;
  if (takeLease(ctx)) ctx.lifetime.defer(refresh(ctx));
  const waiting = () => announcedLately(ctx) === null && holder.leaseUntil > ctx.clock.now();
  for (let waitedMs = 0; waitedMs < WARM_WAIT_MS && waiting(); waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return announcedLately(ctx);
}

/** What a load that was cut off once announced is no longer so. */
function announcedLately({ isolate, clock }: FollowCtx): string | null {
  const { announced } = isolate.index;
  if (announced === null || Math.abs(clock.now() - announced.at) > DEGRADED_AFTER_MS) return null;
  return announced.version;
}

function answer(ctx: FollowCtx): Current {
  const holder = ctx.isolate.index;
  const { synonyms } = holder;
  if (holder.snapshot === null) {
    if (holder.partial.length === 0) throw indexUnavailable(holder.lastError);
    const snapshot = createSnapshot({ segments: holder.partial, version: "partial" });
    return { snapshot, synonyms, version: snapshot.version, degraded: true };
  }
  const { snapshot } = holder;
  const version = withSynonyms(snapshot.version, holder.synonymsVersion);
  const age = Math.abs(ctx.clock.now() - holder.checkedAt);
  if (Number.isFinite(age)) ctx.isolate.metrics.observe("index_age", {}, age);
  const stale = age > DEGRADED_AFTER_MS;
  return { snapshot, synonyms, version, degraded: stale || holder.behind };
}

/** Whether the database did not answer the last time, or does not answer who asks it now: it is not waited for. */
function isAway(ctx: FollowCtx): boolean {
  const { lastError, leaseUntil } = ctx.isolate.index;
  const left = leaseUntil - ctx.clock.now();
  return lastError !== undefined || (left > 0 && left < LEASE_MS - WARM_WAIT_MS);
}

function takeLease(ctx: FollowCtx): boolean {
  const holder = ctx.isolate.index;
  const now = ctx.clock.now();
  if (holder.leaseUntil > now) return false;
  holder.leaseUntil = now + LEASE_MS;
  return true;
}

/** Never rejects: a failure is logged, and the caller answers from what there is. */
async function refresh(ctx: FollowCtx): Promise<void> {
  const holder = ctx.isolate.index;
  try {
    await follow(ctx);
    holder.lastError = undefined;
  } catch (error) {
    holder.lastError = error;
    ctx.log.warn("index_follow_failed", { error: String(error), loaded: holder.snapshot !== null });
  } finally {
    holder.leaseUntil = 0;
  }
}

async function waitForOther(ctx: FollowCtx, waitMs: number): Promise<void> {
  const waiting = () => ctx.isolate.index.leaseUntil > ctx.clock.now();
  for (let waitedMs = 0; waitedMs < waitMs && waiting(); waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function timeout(ms: number): Promise<false> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return false;
}
