import { Columns } from "../columns.ts";
import type { ImportKind } from "../kind.ts";
import { shown } from "../kinds.ts";
import { EVENT_TYPES } from "../../../src/domain/event.ts";
import { eventConverter } from "./convert.ts";
import { EVENT_FIELDS, parseEventMap, parseTypeMap } from "./fields.ts";

export const EVENT_CHUNK = 5_000;

export interface EventsCall {
  org: string;
  /** `--map` and `--type-map` entries. */
  map: readonly string[];
  typeMap: readonly string[];
  utc: boolean;
  shiftDays: number;
}

const DAY_MS = 86_400_000;

/** Events of the past, for `POST /v1/orgs/{org}/events/import`. Throws `UsageError` for a mapping that cannot be. */
export function eventKind({ org, map, typeMap, utc, shiftDays }: EventsCall): ImportKind {
  const columns = new Columns(EVENT_FIELDS, parseEventMap(map));
  const types = parseTypeMap(typeMap);
  return {
    noun: "events",
    path: eventImportPath(org),
    convert: eventConverter({ columns, types, utc, shiftMs: shiftDays * DAY_MS }),
    how: [map, typeMap, utc, shiftDays],
    chunkRecords: EVENT_CHUNK,
    explainUnknown: (names) =>
      `Types that are none of ours (${EVENT_TYPES.join(", ")}): ${names.map(shown).join(", ")}.\n` +
      `Say what one is:         --type-map '${names[0]}=activity'\n` +
      "Say what all others are: --type-map '*=activity'",
    hintOn: (code) =>
      code === "too_old" ? "For a sample of the past, move all times: --shift-days N" : null,
    noteAfterFirst() {
      const { fields, passedOver } = columns.reading;
      if (fields === "") return null;
      const [one] = passedOver;
      const rest =
        one === undefined
          ? ""
          : `. Passed over: ${passedOver.join(", ")} (--map properties.${one}=${one} keeps it)`;
      return `Columns: ${fields}${rest}`;
    },
  };
}

export function eventImportPath(org: string): string {
  return `/v1/orgs/${encodeURIComponent(org)}/events/import`;
}
