import type { Counted } from "../db/queries/own-writes.ts";
import type { Deps } from "../deps.ts";

/** Notes, for the answer's consistency token, that a person has written. */
export function noteOwnWrite<T extends Counted>({ receipt }: Pick<Deps, "receipt">, written: T): T {
  receipt.ownSeq = written.ownSeq;
  receipt.isOwnWrite = true;
  return written;
}
