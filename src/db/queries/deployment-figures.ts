import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { deadLetters, outbox } from "../schema/jobs.ts";
import { changeCounter, products } from "../schema/products.ts";
import { indexManifests } from "../schema/search.ts";

/** What the database alone knows of how the deployment stands; times in milliseconds since the epoch, counts up to 10,000. */
export interface DeploymentFigures {
  /** Jobs written and not yet handed to the queue. */
  outbox: number;
  oldestUnsentAt: number | null;
  /** Dead letters waiting. */
  deadLetters: number;
  /** Of the search index: the newest generation, as `parseManifest` reads it. */
  manifest: string | null;
  /** The last change of the catalogue. */
  latestSeq: number;
  /** Changes that are in no segment. */
  pending: number;
  oldestPendingAt: number | null;
  newestChangeAt: number | null;
}

/** One statement. */
export async function readDeploymentFigures(db: Database): Promise<DeploymentFigures> {
  const seq = sql`(SELECT coalesce(max(seq), 0) FROM ${indexManifests})`;
  const [row] = await db.orm.all<DeploymentFigures>(sql`SELECT
    (SELECT count(*) FROM (SELECT 1 FROM ${outbox} WHERE sent_at IS NULL LIMIT 10000)) AS "outbox",
    (SELECT created_at FROM ${outbox} WHERE sent_at IS NULL AND id > '' ORDER BY id LIMIT 1) AS "oldestUnsentAt",
    (SELECT count(*) FROM (SELECT 1 FROM ${deadLetters} WHERE redriven_at IS NULL LIMIT 10000)) AS "deadLetters",
    (SELECT manifest FROM ${indexManifests} ORDER BY generation DESC LIMIT 1) AS "manifest",
    (SELECT coalesce(max(value), 0) FROM ${changeCounter} WHERE name = 'products') AS "latestSeq",
    (SELECT count(*) FROM (SELECT 1 FROM ${products} WHERE seq > ${seq} LIMIT 10000)) AS "pending",
    (SELECT updated_at FROM ${products} WHERE seq > ${seq} ORDER BY seq LIMIT 1) AS "oldestPendingAt",
    (SELECT updated_at FROM ${products} ORDER BY seq DESC LIMIT 1) AS "newestChangeAt"`);
  return row;
}
