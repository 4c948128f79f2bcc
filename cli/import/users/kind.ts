import { Columns, fieldOf, type GuessTable, type Row } from "../columns.ts";
import { readMoment } from "../events/moment.ts";
import type { Converted, ImportKind } from "../kind.ts";
import { shown, toText, ValueError } from "../kinds.ts";
import { parseFieldMap } from "../source.ts";

export const USER_CHUNK = 5_000;

const FIELDS: GuessTable = {
  id: ["id", "user_id", "customer_id", "actor_id"],
  name: ["name", "user_name", "full_name", "display_name"],
  created_at: ["created_at", "signed_up_at", "registered_at", "joined_at", "created"],
};

export const USER_MAP_HELP = `FIELD=COLUMN, FIELD='TEXT' (the same for all), FIELD=- (leave out).
FIELD: ${Object.keys(FIELDS).join(", ")}`;

/** The users of an organisation by name, for `POST /v1/orgs/{org}/users/import`. Throws `UsageError` for a bad mapping. */
export function userKind(call: { org: string; map: readonly string[]; utc: boolean }): ImportKind {
  const known = Object.keys(FIELDS);
  const columns = new Columns(
    FIELDS,
    parseFieldMap(call.map, (name) => known.includes(name), known.join(", ")),
  );
  return {
    noun: "users",
    path: userImportPath(call.org),
    convert: (value) => convert(value, columns, call.utc),
    how: [call.map, call.utc],
    chunkRecords: USER_CHUNK,
    explainUnknown: (names) => `Nothing is mapped to ${names.map(shown).join(", ")}`,
    noteAfterFirst() {
      const { fields, passedOver } = columns.reading;
      const rest = passedOver.length === 0 ? "" : `. Passed over: ${passedOver.join(", ")}`;
      return fields === "" ? null : `Columns: ${fields}${rest}`;
    },
  };
}

export function userImportPath(org: string): string {
  return `/v1/orgs/${encodeURIComponent(org)}/users/import`;
}

function convert(value: unknown, columns: Columns, utc: boolean): Converted {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { refusal: { code: "not_an_object", detail: `${shown(value)} is not an object` } };
  }
  const row = value as Row;
  const sources = columns.of(row);
  let field = "id";
  try {
    const user: Record<string, unknown> = {};
    for (field of Object.keys(FIELDS)) {
      const given = fieldOf(row, sources.get(field));
      if (given === undefined && field === "id") throw new ValueError("there is none: --map id=COLUMN");
      if (given === undefined) continue;
      user[field] =
        field === "created_at" ? new Date(readMoment(given, { utc })).toISOString() : toText(given);
    }
    return { value: user };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return { refusal: { code: "bad_value", detail: `${field}: ${error.message}` } };
  }
}
