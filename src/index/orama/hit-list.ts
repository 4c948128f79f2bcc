import { search } from "../search.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import type { SearchAnswer, SearchHit, SearchRequest } from "../types.ts";
import { OramaIndexError } from "./fault.ts";
import type { LazyList } from "./lazy-array.ts";

/** No hit beyond this place is read: each page starts where the last one ended. */
const MAX_DEPTH = 10_000;
const FIRST_PAGE = 20;
const NEXT_PAGES = 100;

/** The hits of one search, best first, fetched page by page as they are read. Belongs to one call. */
export class HitList implements LazyList<SearchHit> {
  readonly #snapshot: IndexSnapshot;
  readonly #request: SearchRequest;
  readonly #hits: SearchHit[] = [];
  #last: SearchAnswer | null = null;

  constructor(snapshot: IndexSnapshot, request: SearchRequest) {
    this.#snapshot = snapshot;
    this.#request = request;
  }

  /** The same search in another order. */
  sorted(sort: SearchRequest["sort"]): HitList {
    return new HitList(this.#snapshot, { ...this.#request, sort });
  }

  get length(): number {
    return (this.#last ?? this.#fetch()).total;
  }

  at(index: number): SearchHit {
    while (index >= this.#hits.length) {
      if (index >= MAX_DEPTH) {
        throw new OramaIndexError(
          "TOO_DEEP",
          `Cannot read beyond hit ${MAX_DEPTH}: narrow the search by where`,
        );
      }
      this.#fetch();
    }
    return this.#hits[index];
  }

  #fetch(): SearchAnswer {
    const after = this.#last?.next ?? null;
    const limit = after === null ? FIRST_PAGE : NEXT_PAGES;
    const answer = search(this.#snapshot, { ...this.#request, limit, after });
    if (answer.hits.length === 0 && this.#last !== null) throw new RangeError("The list of hits has ended");
    this.#hits.push(...answer.hits);
    this.#last = this.#last === null ? answer : { ...answer, total: this.#last.total };
    return answer;
  }
}
