import type { Deps } from "../../deps.ts";
import { findSession } from "../../db/queries/sessions.ts";

/** Longer than the work for any address takes: a hash, and round trips that read and write. */
const FLOOR_MS = 500;

/** What `work` gives, no sooner than after half a second: its time does not tell whether an address is known. */
export async function noSooner<T>(work: () => Promise<T>): Promise<T> {
  const floor = new Promise((resolve) => setTimeout(resolve, FLOOR_MS));
  try {
    return await work();
  } finally {
    await floor;
  }
}

/** Makes round trips that find nothing, until `trips` have been made since there were `before`. */
export async function evenTrips(
  { db, receipt }: Pick<Deps, "db" | "receipt">,
  before: number,
  trips: number,
): Promise<void> {
  while (receipt.dbTrips - before < trips) await findSession(db, { token: "", maxOrgs: 1 });
}
