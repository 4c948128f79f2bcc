import { isValueOf, STANDARD } from "../../domain/experiment.ts";
import type { RankingWeights } from "../../domain/experiment.ts";
import type { SearchPosition } from "../../index/types.ts";
import { NOTHING_SET, resolve } from "../experiments/resolve.ts";
import type { ResolveCtx, Resolved } from "../experiments/resolve.ts";
import type { Visit } from "../experiments/visit.ts";
import type { SearchInput } from "./input.ts";

/** Read only where something is tried or set. */
export type WhoAsks = () => Visit | null;

/** For searches that nobody sees as such. */
export const NOBODY: WhoAsks = () => null;

const OWN_SEARCH = /^org:([^,\\]+)$/;

/** The organisation whose own search it is: of its products alone. */
function orgOf(filters: readonly string[]): string | null {
  const named = filters.flatMap((text) => (text.startsWith("org:") ? [text] : []));
  return named.length === 1 ? (OWN_SEARCH.exec(named[0])?.[1] ?? null) : null;
}

/** What is set for a search. The pages that follow the first are as that was: their cursor says how. */
export function settingsOf(ctx: ResolveCtx, input: SearchInput, visit: WhoAsks): Resolved {
  if (ctx.isolate.experiments.isEmpty || input.cursor !== null) return NOTHING_SET;
  const parameters = [
    ...(input.sort === "relevance" ? (["ranking"] as const) : []),
    ...(input.limit === null ? (["search_page_size"] as const) : []),
  ];
  const subject = { org: orgOf(input.filters), query: input.q, parameters };
  return resolve(ctx, subject, input.explain ? null : visit());
}

/** How many products the first page has. */
export function limitOf({ limit }: SearchInput, { values }: Resolved): number {
  return limit ?? values.search_page_size ?? STANDARD.search_page_size;
}

/** Where a page ended, and what was set for it where that is not the standard. */
export interface Place {
  position: SearchPosition;
  ranking: RankingWeights | undefined;
  limit: number | undefined;
}

export function placePayload({ key, id }: SearchPosition, { ranking, limit }: Omit<Place, "position">) {
  return {
    k: key,
    i: id,
    ...(ranking === undefined ? {} : { w: ranking }),
    ...(limit === undefined ? {} : { l: limit }),
  };
}

/** What `placePayload` wrote; throws for anything else. */
export function readPlace(payload: unknown): Place {
  const { k, i, w, l } = payload as Record<string, unknown>;
  if (typeof k !== "number" || typeof i !== "string") throw new TypeError("not a position");
  const ranking = w !== undefined && isValueOf("ranking", w) && typeof w !== "number" ? w : undefined;
  const limit = l !== undefined && isValueOf("search_page_size", l) && typeof l === "number" ? l : undefined;
  return { position: { key: k, id: i }, ranking, limit };
}
