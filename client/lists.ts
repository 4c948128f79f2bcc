import type { paths } from "./schema.ts";

interface Page {
  items: readonly unknown[];
  next_cursor: string | null;
}

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

/** The paths whose GET answers `{items, next_cursor}`. */
export type ListPath = { [P in keyof paths]: Answer<P> extends Page ? P : never }[keyof paths];

export type ItemOf<P extends ListPath> = Answer<P> extends { items: readonly (infer Item)[] } ? Item : never;

export type ListParams<P extends ListPath> = paths[P] extends { get: { parameters: infer Parameters } }
  ? Pick<Parameters, Extract<keyof Parameters, "query" | "path">>
  : never;

/** Follows `next_cursor` until it is null, asking for a page only when its first item is wanted. */
export async function* eachItem<Item>(
  page: (cursor: string | undefined) => Promise<{ items: readonly Item[]; next_cursor: string | null }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { items, next_cursor } = await page(cursor);
    yield* items;
    cursor = next_cursor ?? undefined;
  } while (cursor !== undefined);
}
