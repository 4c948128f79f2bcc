import { tablesOf, type Reader } from "./database.ts";

const PAGE = 1_000;

interface Source {
  table: string;
  /** Gives keys greater than the argument, in order, at most a page of them. */
  sql: string;
}

/** Where the database names blobs. What failed for good keeps no original. */
const SOURCES: readonly Source[] = [
  {
    table: "image_contents",
    sql: `SELECT 'originals/' || sha256 AS key FROM image_contents
      WHERE state <> 'failed' AND sha256 > substr(?, 11) ORDER BY sha256 LIMIT ${PAGE}`,
  },
  {
    table: "image_pictures",
    sql: `SELECT DISTINCT 'variants/' || picture AS key FROM image_pictures
      WHERE picture > substr(?, 10) ORDER BY picture LIMIT ${PAGE}`,
  },
];

const WAITING =
  "SELECT 'originals/' || sha256 AS key FROM image_contents WHERE state IN ('queued', 'processing') LIMIT 10000";

/** The keys of all blobs that the database cannot do without, once or more. */
export async function* referredKeys(database: Reader): AsyncGenerator<string> {
  const tables = await tablesOf(database);
  if (tables.includes("index_manifests")) yield* await segmentKeys(database);
  for (const { table, sql } of SOURCES) {
    if (!tables.includes(table)) continue;
    for (let after = ""; ;) {
      const { rows } = await database.execute({ sql, args: [after] });
      for (const { key } of rows) yield String(key);
      if (rows.length < PAGE) break;
      after = String(rows[rows.length - 1].key);
    }
  }
}

async function segmentKeys(database: Reader): Promise<string[]> {
  const sql = "SELECT manifest FROM index_manifests ORDER BY generation DESC LIMIT 1";
  const { rows } = await database.execute(sql);
  if (rows.length === 0) return [];
  // Written by the service alone, and read by it in the same shape.
  const { segments } = JSON.parse(String(rows[0].manifest)) as {
    segments: { key: string; dead: { key: string } | null }[];
  };
  return segments.flatMap(({ key, dead }) => (dead === null ? [key] : [key, dead.key]));
}

/** Originals of images whose pictures are not made yet: their jobs run as soon as there is a queue. */
export async function waitingOriginals(database: Reader): Promise<Set<string>> {
  if (!(await tablesOf(database)).includes("image_contents")) return new Set();
  const { rows } = await database.execute(WAITING);
  return new Set(rows.map(({ key }) => String(key)));
}
