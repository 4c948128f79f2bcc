import { Columns } from "../columns.ts";
import { grouped } from "../../output.ts";
import type { ImportKind } from "../kind.ts";
import { shown } from "../kinds.ts";
import { EVENT_TYPES } from "../../../src/domain/event.ts";
import { eventConverter } from "./convert.ts";
import type { Retention } from "./retention.ts";
import { EVENT_FIELDS, parseEventMap, parseTypeMap } from "./fields.ts";

export const EVENT_CHUNK = 5_000;

export interface EventsCall {
  org: string;
  /** `--map` and `--type-map` entries. */
  map: readonly string[];
  typeMap: readonly string[];
  utc: boolean;
  shiftDays: number;
  retention: Retention | null;
}

const DAY_MS = 86_400_000;
const TOO_OLD = "too_old";
const TOO_OLD_HINT =
  "How long events are kept is a setting of the organisation (retention_days); --shift-days N moves a sample to now";

/** Events of the past, for `POST /v1/orgs/{org}/events/import`. Throws `UsageError` for a mapping that cannot be. */
export function eventKind({ org, map, typeMap, utc, shiftDays, retention }: EventsCall): ImportKind {
  const columns = new Columns(EVENT_FIELDS, parseEventMap(map));
  const types = parseTypeMap(typeMap);
  const convert = eventConverter({ columns, types, utc, retention, shiftMs: shiftDays * DAY_MS });
  let tooOld = 0;
  return {
    noun: "events",
    path: eventImportPath(org),
    convert(value, line) {
      const converted = convert(value, line);
      if ("refusal" in converted && converted.refusal.code === TOO_OLD) tooOld++;
      return converted;
    },
    how: [map, typeMap, utc, shiftDays],
    chunkRecords: EVENT_CHUNK,
    explainUnknown: (names) =>
      `Types that are none of ours (${EVENT_TYPES.join(", ")}): ${names.map(shown).join(", ")}.\n` +
      `Say what one is:         --type-map '${names[0]}=activity'\n` +
      "Say what all others are: --type-map '*=activity'",
    innocent: new Set([TOO_OLD]),
    hintOn: (code) => (code === TOO_OLD ? TOO_OLD_HINT : null),
    noteAtEnd: () =>
      tooOld === 0 ? null : `${grouped(tooOld)} are older than what is kept. ${TOO_OLD_HINT}`,
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
