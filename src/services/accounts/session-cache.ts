import { fillOnce } from "../../cache/fill-once.ts";
import type { CacheMemory } from "../../cache/memory.ts";
import { readShared, share } from "../../cache/tiered.ts";
import type { CachePolicy, Stored, TierPorts } from "../../cache/tiered.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { isAway } from "../../domain/errors.ts";
import { LAST_RESORT_MS, LAST_RESORT_SECONDS } from "../../domain/last-resort.ts";
import type { PersonRow } from "../../db/queries/sessions.ts";
import { noteLookup } from "../../ports/receipt.ts";

/** Who a session's token or an outside issuer's subject is. */
export interface Identity extends PersonRow {
  /** `null` for an outside issuer's token. */
  sessionId: string | null;
  createdAt: number | null;
  expiresAt: number | null;
}

/** As the database had it at `storedAt`, in every tier. `null`: there is no such session, or no longer. */
type Known = Stored<Identity | null>;

/** `mark` is what `forgetUser` had left for the person when this was read. */
interface Remembered {
  known: Known;
  mark: unknown;
}

const FRESH_MS = 20_000;
/** With a minute as what is promised, ten seconds are left for an answer under way and for clocks that differ. */
const KNOWN_MS = 50_000;
const POLICY: CachePolicy = {
  name: "session",
  freshSeconds: 20,
  staleSeconds: 30,
  shared: ["edge"],
  lastResortSeconds: LAST_RESORT_SECONDS,
};
const MARK_BYTES = 100;

/** Keys hold a digest of the token, never the token. */
export async function slotOf(kind: "session" | "subject", secret: string): Promise<string> {
  return `auth:${kind}:${await sha256Hex(secret)}`;
}

function markSlot(userId: string): string {
  return `auth:changed:${userId}`;
}

function markOf(cache: CacheMemory, known: Known): unknown {
  return known.value === null ? undefined : cache.get(markSlot(known.value.userId))?.value;
}

/**
 * Who it is by the isolate's memory, the data centre's cache, or `read`: at most 50 s old, read anew after the response
 * from 20 s on; up to five minutes old while `read` is `unavailable`. `secret` names the session or subject. A cache that
 * fails is a miss.
 */
export async function identityOf(
  ports: TierPorts,
  kind: "session" | "subject",
  secret: string,
  read: () => Promise<Identity | null>,
): Promise<Identity | null> {
  return identityAt(ports, await slotOf(kind, secret), read);
}

/** `identityOf` what `slotOf` gave. */
export async function identityAt(
  ports: TierPorts,
  slot: string,
  read: () => Promise<Identity | null>,
): Promise<Identity | null> {
  const near = recall(ports, slot);
  const known = near ?? (await loadOrLast(ports, slot, read));
  const age = ports.clock.now() - known.storedAt;
  if (near !== undefined) noteLookup(ports.receipt, POLICY.name, "memory", age > FRESH_MS);
  if (age > FRESH_MS && ports.isolate.cache.beginFill(`${slot}:refresh`, ports.clock.now(), FRESH_MS)) {
    const refresh = readAnew(ports, slot, read).catch((error: unknown) =>
      ports.log.warn("session_refresh_failed", { error: String(error) }),
    );
    ports.lifetime.defer(refresh.finally(() => ports.isolate.cache.endFill(`${slot}:refresh`)));
  }
  return known.value;
}

function recall(ports: TierPorts, slot: string): Known | undefined {
  const { cache } = ports.isolate;
  const found = cache.get(slot)?.value as Remembered | undefined;
  if (found === undefined || !isUsable(ports, found.known)) return undefined;
  return found.mark === markOf(cache, found.known) ? found.known : undefined;
}

function isUsable({ clock }: TierPorts, { storedAt }: Known): boolean {
  const age = clock.now() - storedAt;
  // An age below zero is another machine's clock, or one that was set back.
  return age <= KNOWN_MS && age >= -KNOWN_MS;
}

/** Nobody can end a session while the database is away; what this isolate has heard of one holds. */
async function loadOrLast(
  ports: TierPorts,
  slot: string,
  read: () => Promise<Identity | null>,
): Promise<Known> {
  try {
    return await load(ports, slot, read);
  } catch (error) {
    if (!isAway(error)) throw error;
    const { cache } = ports.isolate;
    const near = cache.get(slot)?.value as Remembered | undefined;
    const known = near === undefined ? await readShared<Identity | null>(ports, slot, POLICY) : near.known;
    const isRecent = known !== undefined && Math.abs(ports.clock.now() - known.storedAt) <= LAST_RESORT_MS;
    if (!isRecent || markOf(cache, known) !== near?.mark) throw error;
    if (near === undefined) remember(ports, slot, known);
    return known;
  }
}

function load(ports: TierPorts, slot: string, read: () => Promise<Identity | null>): Promise<Known> {
  const fill = async (): Promise<Known> => {
    const shared = await readShared<Identity | null>(ports, slot, POLICY);
    const isForgotten = shared !== undefined && markOf(ports.isolate.cache, shared) !== undefined;
    if (shared === undefined || isForgotten || !isUsable(ports, shared)) {
      noteLookup(ports.receipt, POLICY.name, "fill");
      return readAnew(ports, slot, read);
    }
    remember(ports, slot, shared);
    return shared;
  };
  return fillOnce(ports, slot, () => recall(ports, slot), fill);
}

async function readAnew(
  ports: TierPorts,
  slot: string,
  read: () => Promise<Identity | null>,
): Promise<Known> {
  const storedAt = ports.clock.now();
  const known: Known = { storedAt, value: await read() };
  const meanwhile = ports.isolate.cache.get(slot)?.value as Remembered | undefined;
  // What was read before it ended must not bring a session back.
  if (meanwhile?.known.value === null) return meanwhile.known;
  remember(ports, slot, known);
  share(ports, slot, POLICY, known.value, storedAt);
  return known;
}

function remember(ports: TierPorts, slot: string, known: Known): void {
  const { cache } = ports.isolate;
  const entry: Remembered = { known, mark: markOf(cache, known) };
  cache.set(slot, entry, JSON.stringify(known).length * 2, ports.clock.now());
}

/** A session has ended: this isolate and this data centre know at once, all others within 50 s. */
export async function forgetSession(ports: TierPorts, token: string): Promise<void> {
  const slot = await slotOf("session", token);
  const ended: Known = { storedAt: ports.clock.now(), value: null };
  remember(ports, slot, ended);
  share(ports, slot, POLICY, ended.value, ended.storedAt);
}

/**
 * Drops what this isolate remembers of a person, in all their sessions; other isolates know within 50 s. Who could not be
 * asked for anew may be remembered again by the function it gives.
 */
export function forgetUser(cache: CacheMemory, userId: string): () => void {
  const before = cache.get(markSlot(userId))?.value;
  cache.set(markSlot(userId), {}, MARK_BYTES);
  return () => {
    if (before === undefined) cache.delete(markSlot(userId));
    else cache.set(markSlot(userId), before, MARK_BYTES);
  };
}
