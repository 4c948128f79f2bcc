import type { Client, InStatement, InValue } from "@libsql/client";
import { Random } from "../index/random.ts";

export interface Column {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

interface ForeignKey {
  table: string;
  from: string;
  to: string | null;
}

export async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name",
  );
  return rows.map(({ name }) => String(name));
}

export async function columnsOf(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.execute(`SELECT * FROM pragma_table_info('${table}')`);
  return rows as unknown as Column[];
}

async function foreignKeysOf(client: Client, table: string): Promise<ForeignKey[]> {
  const { rows } = await client.execute(`SELECT * FROM pragma_foreign_key_list('${table}')`);
  return rows as unknown as ForeignKey[];
}

/** Columns that hold JSON, or a word of a few: what the application reads must be of its shape. */
const SHAPES: Readonly<Record<string, (random: Random) => InValue>> = {
  entities: () => "[]",
  image_ids: () => "[]",
  category: () => '["Home"]',
  attributes: () => "{}",
  manifest: () => '{"format":1,"generation":1,"seq":0,"createdAt":0,"segments":[]}',
  scopes: () => '["stats:read"]',
  origins: () => '["https://a.example"]',
  payload: () => '{"body":null}',
  variants: () => "null",
  role: (random) => random.pick(["owner", "admin", "analyst", "member"]),
  events: () => '["image.ready"]',
  price_amount: (random) => random.below(100_000),
  price_currency: () => "USD",
  brand: (random) => random.pick(["Lumholt", "Ovale"]),
  rating: (random) => random.below(5),
  image_id: () => null,
  image_url: () => null,
  deleted_at: () => null,
  kind: (random) => random.pick(["index.merge", "block", "mute"]),
  state: (random) => random.pick(["waiting", "ready", "friends"]),
  name: (random) => random.pick(["products", "Ada", "Grace", "Edsger"]) + String(random.below(1e9)),
  title: (random) => `${random.pick(["brass", "oak", "linen"])} ${random.pick(["lamp", "chair", "sheet"])}`,
};

/** Ids of the application sort as text and hold few kinds of characters; each is another. */
function valueOf({ name, type, notnull }: Column, random: Random, serial: number): InValue {
  const shape = SHAPES[name];
  if (shape !== undefined) return shape(random);
  if (notnull === 0 && random.chance(0.4)) return null;
  const kind = type.toLowerCase();
  if (kind === "integer" || kind === "numeric") return 1_000_000 + serial * 97 + random.below(97);
  if (kind === "real") return random.below(1_000) / 8;
  if (kind === "blob")
    return Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256)).buffer;
  return random.pick(["x", "täß ☃", 'it\'s "quoted"\n', ""]) + `${name}-${serial}`;
}

/** Tables behind those that they refer to. */
async function inOrder(client: Client): Promise<{ table: string; keys: ForeignKey[] }[]> {
  const all = await Promise.all(
    (await tablesOf(client)).map(async (table) => ({ table, keys: await foreignKeysOf(client, table) })),
  );
  const placed: typeof all = [];
  while (placed.length < all.length) {
    const ready = all.filter(
      (one) =>
        !placed.includes(one) &&
        one.keys.every(({ table }) => table === one.table || placed.some((known) => known.table === table)),
    );
    if (ready.length === 0) throw new Error("The tables refer to each other in a circle");
    placed.push(...ready);
  }
  return placed;
}

async function parentValues(client: Client, { table, to }: ForeignKey): Promise<InValue[]> {
  const { rows } = await client.execute(`SELECT "${to ?? "id"}" AS value FROM "${table}"`);
  return rows.map(({ value }) => value as InValue);
}

/**
 * Fills every table of whatever schema the database has with up to `rows` rows that its constraints allow, made from the
 * schema itself; a row that breaks one (a pair twice, for example) is left out. Every table has some.
 */
export async function fillTables(client: Client, seed: number, rows: number): Promise<void> {
  const random = new Random(seed);
  let serial = 0;
  for (const { table, keys } of await inOrder(client)) {
    const columns = await columnsOf(client, table);
    const parents = new Map<string, InValue[]>();
    for (const key of keys) parents.set(key.from, await parentValues(client, key));
    const inserts: InStatement[] = [];
    for (let i = 0; i < rows; i++) {
      serial++;
      const values = columns.map((column) => {
        const of = parents.get(column.name);
        return of === undefined ? valueOf(column, random, serial) : random.pick(of);
      });
      const marks = values.map(() => "?").join(", ");
      inserts.push({ sql: `INSERT OR IGNORE INTO "${table}" VALUES (${marks})`, args: values });
    }
    const made = (await client.batch(inserts, "write")).reduce(
      (sum, { rowsAffected }) => sum + rowsAffected,
      0,
    );
    if (made === 0) throw new Error(`No row of "${table}" could be made`);
  }
}
