import { UsageError } from "../../errors.ts";
import type { GuessTable } from "../columns.ts";
import { parseFieldMap, splitEntry, type FieldSource } from "../source.ts";
import { EVENT_TYPES, type EventType } from "../../../src/domain/event.ts";

export const EVENT_FIELDS: GuessTable = {
  id: ["event_id", "id", "event_uuid", "uuid", "message_id"],
  type: ["type", "event_type", "event", "event_name"],
  user_id: ["user_id", "user", "actor_id", "customer_id", "distinct_id", "visitor_id"],
  at: [
    "at",
    "created_at",
    "timestamp",
    "event_timestamp",
    "occurred_at",
    "event_time",
    "datetime",
    "time",
    "date",
    "ts",
  ],
  path: ["path", "url", "page", "page_path", "page_url", "pathname"],
  referrer: ["referrer", "referer", "referrer_url", "http_referer"],
  user_name: ["user_name"],
  user_agent: ["user_agent", "http_user_agent"],
  properties: ["properties", "props"],
};

const NAMES = Object.keys(EVENT_FIELDS);

export const EVENT_MAP_HELP = `FIELD=COLUMN, FIELD='TEXT' (the same for all), FIELD=- (leave out).
FIELD: ${NAMES.join(", ")},
or properties.NAME. Without it columns are found by the names that others use.`;

/** Throws `UsageError` for a field that events do not have. */
export function parseEventMap(entries: readonly string[]): ReadonlyMap<string, FieldSource> {
  const known = `${NAMES.join(", ")}, properties.NAME`;
  return parseFieldMap(entries, (name) => NAMES.includes(name) || /^properties\../.test(name), known);
}

/** Spellings whose meaning is not in doubt, without their separators. */
const SPELLINGS: ReadonlyMap<string, EventType> = new Map([
  ["login", "login"],
  ["loggedin", "login"],
  ["signin", "login"],
  ["signedin", "login"],
  ["pageview", "page_view"],
  ["pageviewed", "page_view"],
  ["viewedpage", "page_view"],
  ["activity", "activity"],
]);

/** What a file's names of types mean. */
export interface TypeMap {
  named: ReadonlyMap<string, EventType>;
  /** All others, by `*=TYPE`. */
  others: EventType | null;
}

/** `--type-map FROM=TO` entries; `*` stands for all that is not named. Throws `UsageError`. */
export function parseTypeMap(entries: readonly string[]): TypeMap {
  const named = new Map<string, EventType>();
  let others: EventType | null = null;
  for (const entry of entries.flatMap((text) => text.split(","))) {
    const [from, to] = splitEntry("type-map", entry);
    const type = EVENT_TYPES.find((name) => name === to.trim());
    if (type === undefined) {
      throw new UsageError(`--type-map ${entry}: "${to}" is not one of ${EVENT_TYPES.join(", ")}`);
    }
    if (from === "*") others = type;
    else named.set(from, type);
  }
  return { named, others };
}

/** The type that `name` stands for; `foreign` where it is this file's own word. `null` where nobody said. */
export function typeOf(
  name: string,
  { named, others }: TypeMap,
): { type: EventType; foreign: boolean } | null {
  const mapped = named.get(name);
  if (mapped !== undefined) return { type: mapped, foreign: true };
  const spelled = SPELLINGS.get(name.toLowerCase().replace(/[\s_$-]/g, ""));
  if (spelled !== undefined) return { type: spelled, foreign: false };
  return others === null ? null : { type: others, foreign: true };
}
