import { shown } from "../kinds.ts";
import type { ImportKind } from "../kind.ts";
import { converter, type ConvertOptions } from "./convert.ts";
import { ADDED_BY_SERVICE, TARGETS } from "./mapping.ts";

export const PRODUCT_CHUNK = 2_000;

/** Products, for `POST /v1/products/import`. */
export function productKind(options: ConvertOptions & { org?: string | undefined }): ImportKind {
  const { mapping, ignore, org } = options;
  return {
    noun: "products",
    path: `/v1/products/import${org === undefined ? "" : `?org=${encodeURIComponent(org)}`}`,
    convert: converter(options),
    how: [[...mapping], ignore === true ? true : [...ignore]],
    chunkRecords: PRODUCT_CHUNK,
    explainUnknown: (columns) =>
      `Unknown columns: ${columns.map(shown).join(", ")}.\n` +
      `Known ones: ${[...TARGETS, ...ADDED_BY_SERVICE].join(", ")}.\n` +
      `Map a column:        --map attributes.${columns[0]}=${columns[0]}\n` +
      `Leave out a column:  --ignore ${columns[0]}\n` +
      "Leave out all:       --ignore-unknown",
  };
}
