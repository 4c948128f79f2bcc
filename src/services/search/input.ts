import type { Sort } from "../../index/types.ts";

export interface SearchInput {
  /** At most 512 UTF-16 code units. */
  q: string;
  /** As `parseFilters` reads them. */
  filters: readonly string[];
  facets: readonly string[];
  sort: Sort;
  /** 1 to 100; `null` for as many as are set. */
  limit: number | null;
  cursor: string | null;
  explain: boolean;
}
