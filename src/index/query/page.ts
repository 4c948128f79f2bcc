import type { Segment } from "../segment.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import type { SearchRequest } from "../types.ts";
import type { DocumentList } from "./facets.ts";
import { keyOfSort } from "./rank.ts";
import type { KeyOf, Scorer } from "./rank.ts";
import { TopDocuments } from "./top.ts";

const MAX_LIMIT = 100;

export interface PagePlace {
  segment: Segment;
  doc: number;
  /** The document's number through all segments. */
  at: number;
  key: number;
  id: string;
}

/** The page of hits that `request` asks for: by rank, then by id; and whether more follow. */
export function rankedPage(
  snapshot: IndexSnapshot,
  request: SearchRequest,
  lists: readonly DocumentList[],
  scorer: Scorer,
): { places: PagePlace[]; more: boolean } {
  const limit = Math.max(1, Math.min(MAX_LIMIT, Math.floor(request.limit) || 1));
  const sign = request.sort === "price" ? -1 : 1;
  const key = request.sort === "relevance" ? null : keyOfSort(request.sort);
  const places: PagePlace[] = [];
  let following = 0;
  let least = Number.NEGATIVE_INFINITY;
  lists.forEach((list, s) => {
    const { segment } = snapshot.segments[s];
    const top = new TopDocuments(limit, least);
    if (request.after === null) {
      following += list.count;
      if (key === null) scorer.offerAll(list, segment, top);
      else offerKeys(list, segment, key, sign, top);
    } else {
      const rank = (doc: number): number =>
        key === null ? scorer.score(segment, doc, list.base + doc) : sign * key(segment, doc);
      const firstTied = list.count === 0 ? 0 : firstBehind(segment, request.after.id);
      following += offerBehind(list, rank, request.after.key * sign, firstTied, top);
    }
    least = top.least;
    for (let i = 0; i < top.size; i++) {
      const doc = top.docs[i];
      places.push({ segment, doc, at: list.base + doc, key: top.ranks[i] * sign, id: segment.idOf(doc) });
    }
  });
  places.sort((a, b) => (b.key - a.key) * sign || (a.id < b.id ? -1 : 1));
  return { places: places.slice(0, limit), more: following > limit };
}

/** The first document whose id is greater than `id`. */
function firstBehind(segment: Segment, id: string): number {
  const doc = segment.lowerBound(id);
  return doc < segment.size && segment.idOf(doc) === id ? doc + 1 : doc;
}

function offerKeys(
  { docs, count, base }: DocumentList,
  segment: Segment,
  key: KeyOf,
  sign: number,
  top: TopDocuments,
) {
  for (let i = 0; i < count; i++) {
    const doc = docs[i] - base;
    const rank = sign * key(segment, doc);
    if (rank >= top.least) top.offer(rank, doc);
  }
}

/** Offers the documents behind the page before; returns how many. */
function offerBehind(
  { docs, count, base }: DocumentList,
  rank: (doc: number) => number,
  afterRank: number,
  firstTied: number,
  top: TopDocuments,
): number {
  let following = 0;
  for (let i = 0; i < count; i++) {
    const doc = docs[i] - base;
    const value = rank(doc);
    if (value > afterRank || (value === afterRank && doc < firstTied)) continue;
    following++;
    if (value >= top.least) top.offer(value, doc);
  }
  return following;
}
