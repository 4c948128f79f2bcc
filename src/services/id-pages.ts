import { decodeCursor, encodeCursor } from "../domain/cursor.ts";
import type { Secrets } from "../domain/secrets.ts";

export interface Page<T> {
  items: T[];
  /** Opaque; `null` on the last page. */
  nextCursor: string | null;
}

export interface PageRequest {
  cursor: string | null;
  limit: number;
}

interface Paged {
  config: Secrets;
}

/** The id after which the page begins; `null` for the first. Throws `bad_cursor`. */
export async function afterOf(
  { config }: Paged,
  scope: string,
  cursor: string | null,
): Promise<string | null> {
  return cursor === null ? null : decodeCursor(config, scope, cursor, readId);
}

/** A page of rows in the order of their ids; one row more than `limit` tells whether another follows. */
export async function pageOf<T extends { id: string }>(
  paged: Paged,
  scope: string,
  rows: readonly T[],
  limit: number,
): Promise<Page<T>> {
  return keysetPage(paged, scope, rows, { limit, placeOf: ({ id }) => ({ id }) });
}

/** As `pageOf`, in any order: `placeOf` gives what the cursor holds of the page's last row. */
export async function keysetPage<T>(
  { config }: Paged,
  scope: string,
  rows: readonly T[],
  { limit, placeOf }: { limit: number; placeOf: (row: T) => object },
): Promise<Page<T>> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, nextCursor: null };
  return { items, nextCursor: await encodeCursor(config.secret, scope, placeOf(last)) };
}

function readId(payload: unknown): string {
  const { id } = payload as Record<string, unknown>;
  if (typeof id !== "string") throw new TypeError("not an id");
  return id;
}
