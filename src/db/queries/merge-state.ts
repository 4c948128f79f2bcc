import { desc, eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { changeCounter, products } from "../schema/products.ts";
import { indexManifests } from "../schema/search.ts";

const LEASE = "merge_lease";

export interface MergeState {
  /** The newest manifest, as JSON. */
  manifest: string | null;
  /** Changes after it, counted up to the limit. */
  waiting: number;
  /** When the catalogue was last changed, in milliseconds since the epoch. */
  lastChangeAt: number;
}

/** What a merge decides on: one round trip. */
export async function readMergeState(db: Database, limit: number): Promise<MergeState> {
  const since = sql`(SELECT coalesce(max(${indexManifests.seq}), 0) FROM ${indexManifests})`;
  const [manifests, waiting, last] = await db.orm.batch([
    db.orm
      .select({ manifest: indexManifests.manifest })
      .from(indexManifests)
      .orderBy(desc(indexManifests.generation))
      .limit(1),
    db.orm
      .select({ count: sql<number>`count(*)` })
      .from(sql`(SELECT 1 FROM ${products} WHERE seq > ${since} LIMIT ${limit})`),
    db.orm.select({ at: products.updatedAt }).from(products).orderBy(desc(products.seq)).limit(1),
  ]);
  return {
    manifest: manifests[0]?.manifest ?? null,
    waiting: waiting[0]?.count ?? 0,
    lastChangeAt: last[0]?.at ?? 0,
  };
}

/** Takes the right to merge until `until` (milliseconds since the epoch); `false` where another holds it. */
export async function takeMergeLease(db: Database, lease: { now: number; until: number }): Promise<boolean> {
  const taken = await db.orm
    .insert(changeCounter)
    .values({ name: LEASE, value: lease.until })
    .onConflictDoUpdate({
      target: changeCounter.name,
      set: { value: lease.until },
      setWhere: sql`${changeCounter.value} < ${lease.now}`,
    })
    .returning({ value: changeCounter.value });
  return taken.length === 1;
}

/** Gives a lease back; one that another has taken over meanwhile stays. */
export async function releaseMergeLease(db: Database, until: number): Promise<void> {
  await db.orm
    .update(changeCounter)
    .set({ value: 0 })
    .where(sql`${eq(changeCounter.name, LEASE)} AND ${eq(changeCounter.value, until)}`);
}
