import type { FieldSource } from "./source.ts";

export type Row = Readonly<Record<string, unknown>>;

/** For each field, the names under which other systems export it, the surest first. */
export type GuessTable = Readonly<Record<string, readonly string[]>>;

/** Finds for each field the column it comes from: the one mapped to it, else the first known name that a row has. */
export class Columns {
  readonly #table: GuessTable;
  readonly #mapping: ReadonlyMap<string, FieldSource>;
  readonly #mapped: ReadonlySet<string>;
  #signature = "";
  #found: ReadonlyMap<string, FieldSource> = new Map();
  #passedOver: readonly string[] = [];

  constructor(table: GuessTable, mapping: ReadonlyMap<string, FieldSource>) {
    this.#table = table;
    this.#mapping = mapping;
    const sources = [...mapping.values()];
    this.#mapped = new Set(sources.flatMap((source) => (source.from === "column" ? [source.column] : [])));
  }

  /** Rows of the same columns are looked at once. */
  of(row: Row): ReadonlyMap<string, FieldSource> {
    const names = Object.keys(row);
    const signature = names.join("\u0000");
    if (signature !== this.#signature || this.#found.size === 0) {
      this.#signature = signature;
      this.#look(names);
    }
    return this.#found;
  }

  #look(names: readonly string[]): void {
    const free = new Map(
      names.filter((name) => !this.#mapped.has(name)).map((name) => [plain(name), name] as const),
    );
    const found = new Map<string, FieldSource>(this.#mapping);
    for (const [field, guesses] of Object.entries(this.#table)) {
      if (found.has(field)) continue;
      const guess = guesses.find((name) => free.has(plain(name)));
      const column = guess === undefined ? undefined : free.get(plain(guess));
      if (column === undefined || guess === undefined) continue;
      found.set(field, { from: "column", column });
      free.delete(plain(guess));
    }
    this.#found = found;
    this.#passedOver = [...free.values()];
  }

  /** How the last row was read: `id=event_id, type, at=created_at`, and the columns that nothing took. */
  get reading(): { fields: string; passedOver: readonly string[] } {
    const fields = [...this.#found].flatMap(([field, source]) => {
      if (source.from === "nothing") return [];
      const from = source.from === "column" ? source.column : `'${source.value}'`;
      return [from === field ? field : `${field}=${from}`];
    });
    return { fields: fields.join(", "), passedOver: this.#passedOver };
  }
}

/** The value of a field; `undefined` where the row has none or an empty one. */
export function fieldOf(row: Row, source: FieldSource | undefined): unknown {
  if (source === undefined || source.from === "nothing") return undefined;
  if (source.from === "constant") return source.value;
  const value = Object.hasOwn(row, source.column) ? row[source.column] : undefined;
  return value === null || value === "" ? undefined : value;
}

/** `userId`, `user_id` and `User ID` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_$.-]/g, "");
}
