import type { Filter } from "../../../src/index/types.ts";
import type { Product } from "../../../src/domain/product.ts";

export interface RivalQuery {
  text: string;
  limit: number;
  /** With facets on brand, category and price where `true`. */
  facets: boolean;
  filters: readonly Filter[];
}

export type QueryClass =
  | "1 word"
  | "2-3 words"
  | "phrase"
  | "typo"
  | "prefix 3-4"
  | "prefix 1-2"
  | "filters + facets"
  | "browse"
  | "suggest";

/** One search engine under test, opened on a catalogue. */
export interface OpenRival {
  /** Ids, best first. */
  search(query: RivalQuery): readonly string[] | Promise<readonly string[]>;
  /** Completions of what was typed so far, where the engine has them. */
  suggest?(text: string): readonly string[];
  /** Bytes of the index in memory or on disk, where the engine can tell. */
  indexBytes?(): number;
  close?(): void;
}

export interface Rival {
  name: string;
  /** Settings, as they stand in the results. */
  settings: string;
  /** Classes it has no means to answer. */
  lacks: readonly QueryClass[];
  /** The largest catalogue it is built on, where more would take too long or too much memory. */
  atMost?: number;
  build(products: readonly Product[]): OpenRival | Promise<OpenRival>;
}
