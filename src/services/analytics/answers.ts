import type { CachePolicy, SharedTier, Stored } from "../../cache/tiered.ts";
import { lastKnown, readShared, share } from "../../cache/tiered.ts";
import { fillOnce } from "../../cache/fill-once.ts";
import type { Ctx } from "../../deps.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { isAway } from "../../domain/errors.ts";
import { LAST_RESORT_MS, LAST_RESORT_SECONDS } from "../../domain/last-resort.ts";
import { noteLookup, noteStale } from "../../ports/receipt.ts";

export type AnswerCtx = Ctx<"isolate" | "edgeCache" | "kv" | "clock" | "lifetime" | "log" | "receipt">;

export interface Question {
  /** The organisation's id, after the access check. */
  org: string;
  /** Of the kind of answer, and the version of its shape: `users.1`. */
  name: string;
  /** All that the answer depends on beside the organisation's data; of any length. */
  query: string;
  /** Where the answer is kept beyond the isolate's memory. */
  tiers: readonly SharedTier[];
}

/** What one round trip brought: the organisation's version, and the value where that is not the known version. */
export interface Reading<T> {
  version: number;
  /** Milliseconds since the epoch: when that version came to be. */
  asOf: number;
  value: T | null;
}

export interface Answer<T> {
  value: T;
  version: number;
  asOf: number;
  /** `stale`: the database does not answer, and this is the last that was known, at most five minutes old. */
  cache: "hit" | "stale" | "miss";
}

/** The latest answer to a question: in memory, and in the shared tiers. */
interface Kept<T> {
  value: T;
  version: number;
  asOf: number;
}

const ANSWER = "answer";
const CHECK_MS = 1_000;
const SHARED_SECONDS = 300;
const CHECK_BYTES = 200;

/**
 * The answer to `question` at the organisation's present version, which is checked at most once a second per isolate
 * and organisation. `read` makes one round trip: it is given the version of the answer that is kept, or null, and reads
 * rows only where the organisation stands at another one. `T` must survive JSON; what `read` throws comes through.
 */
export async function answerFor<T extends object | string>(
  ctx: AnswerCtx,
  question: Question,
  read: (known: number | null) => Promise<Reading<T>>,
): Promise<Answer<T>> {
  const key = `answer|${question.org}|${question.name}|${question.query}`;
  const current = (): Answer<T> | undefined => currentAnswer(ctx, question.org, key);
  const near = current();
  const answer =
    near ?? (await fromShared<T>(ctx, question, key)) ?? (await askedOnce(ctx, { question, key, read }));
  ctx.receipt.cache = answer.cache;
  if (near !== undefined) noteLookup(ctx.receipt, ANSWER, "memory");
  return answer;
}

/** Has later answers of this isolate check the version, after a write of its own. */
export function forgetVersion(ctx: Pick<AnswerCtx, "isolate" | "clock">, org: string): void {
  noteVersion(ctx, org, null, ctx.clock.now());
}

interface Asking<T> {
  question: Question;
  key: string;
  read: (known: number | null) => Promise<Reading<T>>;
}

/** One read at a time for a question, and where only the version is in doubt, for an organisation. */
function askedOnce<T extends object | string>(ctx: AnswerCtx, asking: Asking<T>): Promise<Answer<T>> {
  const { org } = asking.question;
  const current = (): Answer<T> | undefined => currentAnswer(ctx, org, asking.key);
  const ask = () => fillOnce(ctx, asking.key, current, () => readOrStale(ctx, asking));
  const isCheck = recall(ctx, asking.key) !== undefined && checkedVersion(ctx, org) === null;
  return isCheck ? fillOnce(ctx, versionKey(org), current, ask) : ask();
}

async function readOrStale<T extends object | string>(ctx: AnswerCtx, asking: Asking<T>): Promise<Answer<T>> {
  const { question, key, read } = asking;
  const now = ctx.clock.now();
  const kept = recall<T>(ctx, key);
  try {
    const { version, asOf, value } = await read(kept?.value.version ?? null);
    noteVersion(ctx, question.org, version, now);
    const answer = value === null ? kept?.value : { value, version, asOf };
    noteLookup(ctx.receipt, ANSWER, value === null ? "memory" : "fill");
    if (answer?.version !== version)
      throw new Error(`No answer "${question.name}" was read at another version`);
    remember(ctx, key, { storedAt: now, value: answer });
    if (value !== null) share(ctx, await sharedKey(question), policyOf(question), answer, now);
    return { ...answer, cache: value === null ? "hit" : "miss" };
  } catch (error) {
    const last = isAway(error) ? await lastAnswer<T>(ctx, question, key) : undefined;
    if (last === undefined) throw error;
    ctx.log.warn("answer_stale", { name: question.name, org: question.org, version: last.value.version });
    noteLookup(ctx.receipt, ANSWER, "memory", true);
    noteStale(ctx.receipt, last.storedAt);
    return { ...last.value, cache: "stale" };
  }
}

/** At whatever version: of this isolate, or of the data centre. */
async function lastAnswer<T>(
  ctx: AnswerCtx,
  question: Question,
  key: string,
): Promise<Stored<Kept<T>> | undefined> {
  const near = recall<T>(ctx, key);
  if (near !== undefined && ctx.clock.now() - near.storedAt <= LAST_RESORT_MS) return near;
  return lastKnown<Kept<T>>(ctx, await sharedKey(question), policyOf(question));
}

/** Looks where memory has nothing, or something older than the version that is known to be current. */
async function fromShared<T extends object | string>(
  ctx: AnswerCtx,
  question: Question,
  key: string,
): Promise<Answer<T> | undefined> {
  const isInMemory = recall(ctx, key) !== undefined;
  if (question.tiers.length === 0 || (isInMemory && checkedVersion(ctx, question.org) === null)) return;
  const found = await readShared<Kept<T>>(ctx, await sharedKey(question), policyOf(question));
  if (found === undefined || ctx.clock.now() - found.storedAt > LAST_RESORT_MS) return;
  remember(ctx, key, found);
  return currentAnswer(ctx, question.org, key);
}

/** What memory keeps, where the version it was made at is known to be current. */
function currentAnswer<T>(ctx: AnswerCtx, org: string, key: string): Answer<T> | undefined {
  const kept = recall<T>(ctx, key);
  if (kept === undefined || kept.value.version !== checkedVersion(ctx, org)) return undefined;
  return { ...kept.value, cache: "hit" };
}

function recall<T>(ctx: AnswerCtx, key: string): Stored<Kept<T>> | undefined {
  // Sound: the key names the kind of answer, and only `remember` sets it.
  return ctx.isolate.cache.get(key) as Stored<Kept<T>> | undefined;
}

/** What was asked for later stays: reads may end in another order than they began in. */
function remember<T>(ctx: AnswerCtx, key: string, { storedAt, value: kept }: Stored<Kept<T>>): void {
  const before = recall<T>(ctx, key);
  if (before !== undefined && before.storedAt > storedAt) return;
  ctx.isolate.cache.set(key, kept, (lengthOf(kept.value) + key.length) * 2, storedAt);
}

/** About as many characters as a value has in JSON, without writing its long texts once more. */
function lengthOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return String(value).length;
  if (Array.isArray(value)) return JSON.stringify(value).length;
  return Object.entries(value).reduce((sum, [name, part]) => sum + name.length + lengthOf(part) + 4, 0);
}

function checkedVersion({ isolate, clock }: Pick<AnswerCtx, "isolate" | "clock">, org: string) {
  const checked = isolate.cache.get(versionKey(org));
  const isFresh = checked !== undefined && Math.abs(clock.now() - checked.storedAt) < CHECK_MS;
  return isFresh ? (checked.value as number | null) : null;
}

function noteVersion(
  { isolate }: Pick<AnswerCtx, "isolate">,
  org: string,
  version: number | null,
  at: number,
): void {
  const before = isolate.cache.get(versionKey(org));
  if (before === undefined || before.storedAt <= at)
    isolate.cache.set(versionKey(org), version, CHECK_BYTES, at);
}

function versionKey(org: string): string {
  return `answer-version|${org}`;
}

/** KV takes keys of at most 512 bytes: hence the digest. */
async function sharedKey({ org, name, query }: Question): Promise<string> {
  return `answer|${org}|${name}|${await sha256Hex(query)}`;
}

function policyOf({ tiers }: Question): CachePolicy {
  return {
    name: ANSWER,
    freshSeconds: SHARED_SECONDS,
    staleSeconds: 0,
    shared: tiers,
    lastResortSeconds: LAST_RESORT_SECONDS,
  };
}
