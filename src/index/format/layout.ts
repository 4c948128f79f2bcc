/** `VTRS` in little-endian order. */
export const MAGIC = 0x53525456;
/** Raise with every change of what any section holds or how a document is analysed; older segments are then refused. */
export const FORMAT_VERSION = 3;

/** Words of the header, before the table of sections: byte offset and byte length of each. */
export const HEADER = {
  magic: 0,
  version: 1,
  checksum: 2,
  byteLength: 3,
  size: 4,
  generationLow: 5,
  generationHigh: 6,
  sections: 7,
} as const;
export const HEADER_WORDS = 8;

/** In file order. Numbers are little-endian; each section begins at a multiple of eight bytes. */
export const SECTIONS = [
  "termOffsets",
  "termBytes",
  "termPrefixes",
  "termBuckets",
  "postingOffsets",
  "postings",
  "records",
  "recordOffsets",
  "idSymbols",
  "titleSymbols",
  "imageSymbols",
  "titleLengths",
  "popularity",
  "stock",
  "priceValues",
  "priceCodes",
  "ratingValues",
  "ratingCodes",
  "ratingCountValues",
  "ratingCountCodes",
  "updatedValues",
  "updatedCodes",
  "currencyCodes",
  "currencyOffsets",
  "currencyBytes",
  "brandCodes",
  "brandOffsets",
  "brandBytes",
  "categoryCodes",
  "categoryOffsets",
  "categoryBytes",
  "orgCodes",
  "orgOffsets",
  "orgBytes",
  "attributeKeyOffsets",
  "attributeKeyBytes",
  "attributeKeyStarts",
  "attributeValueOffsets",
  "attributeValueBytes",
  "attributeNumbers",
  "attributeOffsets",
  "attributeCodes",
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** One segment holds at most this many products, so that any code of a single-valued column fits 16 bits. */
export const MAX_SEGMENT_PRODUCTS = 50_000;
