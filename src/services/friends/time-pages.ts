import { decodeCursor } from "../../domain/cursor.ts";
import type { Secrets } from "../../domain/secrets.ts";
import { keysetPage } from "../id-pages.ts";
import type { Page } from "../id-pages.ts";

/** A place in a list that is in the order of times, then ids. */
export interface TimePlace {
  since: number;
  id: string;
}

interface Paged {
  config: Secrets;
}

/** The place behind which the page begins; `null` for the first. Throws `bad_cursor`. */
export async function placeBehind(
  { config }: Paged,
  scope: string,
  cursor: string | null,
): Promise<TimePlace | null> {
  return cursor === null ? null : decodeCursor(config, scope, cursor, readPlace);
}

/** A page of rows in their order; one row more than `limit` tells whether another follows. */
export async function timePageOf<T extends TimePlace>(
  paged: Paged,
  scope: string,
  rows: readonly T[],
  limit: number,
): Promise<Page<T>> {
  return keysetPage(paged, scope, rows, { limit, placeOf: ({ since, id }) => ({ since, id }) });
}

function readPlace(payload: unknown): TimePlace {
  const { since, id } = payload as Record<string, unknown>;
  if (typeof since === "number" && typeof id === "string") return { since, id };
  throw new TypeError("not a place in the list");
}
