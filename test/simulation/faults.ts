/**
 * How often each weak semantic of the platform shows, as a chance from 0 to 1 of each occasion. What each means stands with
 * the port that plays it, and in docs/simulation.md.
 */
export interface Faults {
  /** A read of KV goes on, for up to 90 s, with what its data centre has read before: a value, or that there was none. */
  kvStale: number;
  kvFails: number;
  /** A second write of a key within a second is refused. */
  kvWriteLimit: number;
  /** The data centre's cache forgets an entry, or does not answer. */
  edgeForgets: number;
  edgeFails: number;
  /** A blob is not written, or is written and its answer lost; an upload leaves a part of itself behind. */
  blobFailsBefore: number;
  blobFailsAfter: number;
  blobPartial: number;
  /** Of the queue: a message comes twice, though it was acknowledged, or late; `send` fails before or after it has sent. */
  queueDuplicates: number;
  queueLosesAck: number;
  queueLate: number;
  queueSendFailsBefore: number;
  queueSendFailsAfter: number;
  /** Of the database's answers: 502 before or after it has done the work, an expired stream, busy, seconds late, cut off. */
  dbFailsBefore: number;
  dbFailsAfter: number;
  dbStreamExpired: number;
  dbBusy: number;
  dbSlow: number;
  dbTruncated: number;
  /** An isolate ends with all that runs in it. */
  eviction: number;
  /** What goes on after a response is cancelled. */
  deferredCancelled: number;
  /** The client hears nothing of what was done for it. */
  answerLost: number;
  /** A machine's clock jumps by up to 20 s. */
  clockJump: number;
  /** A minute's tick does not come, or comes twice. */
  tickSkipped: number;
  tickTwice: number;
  /** A receiver of webhooks fails, or takes longer than it may. */
  receiverFails: number;
  /** An isolate is of the version that is being rolled out. */
  rollout: number;
}

export type FaultName = keyof Faults;

/** What Cloudflare and Turso promise no better than, many times as often as it happens. */
export const WEAK: Faults = {
  kvStale: 0.7,
  kvFails: 0.02,
  kvWriteLimit: 1,
  edgeForgets: 0.05,
  edgeFails: 0.02,
  blobFailsBefore: 0.02,
  blobFailsAfter: 0.02,
  blobPartial: 0.02,
  queueDuplicates: 0.1,
  queueLosesAck: 0.05,
  queueLate: 0.1,
  queueSendFailsBefore: 0.04,
  queueSendFailsAfter: 0.04,
  dbFailsBefore: 0.01,
  dbFailsAfter: 0.01,
  dbStreamExpired: 0.004,
  dbBusy: 0.006,
  dbSlow: 0.03,
  dbTruncated: 0.004,
  eviction: 0.02,
  deferredCancelled: 0.1,
  answerLost: 0.02,
  clockJump: 0.01,
  tickSkipped: 0.1,
  tickTwice: 0.1,
  receiverFails: 0.3,
  rollout: 0.4,
};

const NAMES = Object.keys(WEAK) as FaultName[];
export const FAULT_NAMES: readonly FaultName[] = NAMES;

/** `WEAK` with these kinds alone. */
export function only(names: readonly FaultName[]): Faults {
  const chances = NAMES.map((name) => [name, names.includes(name) ? WEAK[name] : 0]);
  return Object.fromEntries(chances) as Record<FaultName, number>;
}

export const NONE: Faults = only([]);
