import { and, desc, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { HidingKind } from "../../domain/post.ts";
import type { Database } from "../client.ts";
import { users } from "../schema/accounts.ts";
import { hidings } from "../schema/feed.ts";
import { endFriendshipStatement, isThereQuery } from "./friendships.ts";
import type { Done, FriendRow } from "./friendships.ts";
import { jobOf } from "./outbox.ts";
import type { JobRow, Queueing, Unsent } from "./outbox.ts";
import { countOwnWrite, seqOf } from "./own-writes.ts";
import type { Counted, SeqRow } from "./own-writes.ts";
import { hasAccount, hides, isThere, PERSON_COLUMNS } from "./people.ts";
import type { Pair } from "./people.ts";
import { queueCleaning } from "./timeline-friends.ts";
import { notBlockedBy } from "./visible.ts";

export interface Hiding extends Pair {
  kind: HidingKind;
}

export interface NewHiding extends Hiding {
  now: number;
  /** Of the kind. */
  max: number;
}

export type HideOutcome = "hidden" | "no_account" | "nobody" | "too_many";

/** Blocks or mutes; a block ends a friendship and any asking in the same batch. One round trip. */
export async function hidePerson(
  db: Database,
  hiding: NewHiding & Queueing,
): Promise<Counted & Unsent & { outcome: HideOutcome }> {
  const insert = hideStatement(db, hiding);
  const query = hiddenQuery(db, hiding);
  const count = db.orm.all<SeqRow>(countOwnWrite(hiding.viewer));
  if (hiding.kind === "mute") {
    const [, [after], counted] = await db.orm.batch([insert, query, count]);
    return { outcome: outcomeOf(after), unsent: [], ...seqOf(counted) };
  }
  const two = { one: hiding.viewer, other: hiding.other };
  const [, unsent, , [after], counted] = await db.orm.batch([
    insert,
    db.orm.all<JobRow>(queueCleaning(two, hiding, isBlocking(hiding))),
    endByBlockStatement(db, hiding),
    query,
    count,
  ]);
  return { outcome: outcomeOf(after), unsent: unsent.map(jobOf), ...seqOf(counted) };
}

export function hideStatement(db: Database, hiding: NewHiding) {
  const { viewer, other, kind, now, max } = hiding;
  const count = sql`(SELECT count(*) FROM hidings WHERE user_id = ${viewer} AND kind = ${kind})`;
  return db.orm
    .insert(hidings)
    .select(
      sql`SELECT ${viewer}, ${other}, ${kind}, ${now}
        WHERE ${hasAccount(viewer)} AND ${isThere(hiding)} AND ${count} < ${max}`,
    )
    .onConflictDoNothing();
}

/** Where the block was refused, the friendship stays. */
export function endByBlockStatement(db: Database, hiding: Hiding) {
  return endFriendshipStatement(db, { ...hiding, only: null }, isBlocking(hiding));
}

function isBlocking({ viewer, other }: Pair): SQL {
  return hides(viewer, sql`${other}`, "block");
}

function hiddenQuery(db: Database, hiding: Hiding) {
  const { viewer, other, kind } = hiding;
  return db.orm
    .select({
      hasAccount: sql<number>`${hasAccount(viewer)}`,
      isThere: sql<number>`${isThere(hiding)}`,
      isHidden: hides(viewer, sql`${other}`, kind),
    })
    .from(sql`(SELECT 1)`);
}

function outcomeOf(after: Awaited<ReturnType<typeof hiddenQuery>>[number] | undefined): HideOutcome {
  if (!after?.hasAccount) return "no_account";
  if (!after.isThere) return "nobody";
  return after.isHidden ? "hidden" : "too_many";
}

/** One round trip. */
export async function unhidePerson(db: Database, hiding: Hiding): Promise<Done> {
  const [, [after], counted] = await db.orm.batch([
    unhideStatement(db, hiding),
    isThereQuery(db, hiding),
    db.orm.all<SeqRow>(countOwnWrite(hiding.viewer)),
  ]);
  return { isThere: Boolean(after?.isThere), ...seqOf(counted) };
}

export function unhideStatement(db: Database, hiding: Hiding) {
  const { viewer, other, kind } = hiding;
  const own = and(eq(hidings.userId, viewer), eq(hidings.otherId, other), eq(hidings.kind, kind));
  return db.orm.delete(hidings).where(and(own, isThere(hiding)));
}

export interface HidingPage {
  userId: string;
  kind: HidingKind;
  after: { since: number; id: string } | null;
  limit: number;
}

/** Whom a person hides, the newest first, but for those who block them: these are nobody to them. */
export function listHidden(db: Database, page: HidingPage): Promise<FriendRow[]> {
  return listHiddenQuery(db, page);
}

export function listHiddenQuery(db: Database, { userId, kind, after, limit }: HidingPage) {
  const { createdAt, otherId } = hidings;
  const behind = after === null ? undefined : sql`(${createdAt}, ${otherId}) < (${after.since}, ${after.id})`;
  return db.orm
    .select({ ...PERSON_COLUMNS, since: createdAt })
    .from(hidings)
    .innerJoin(users, eq(users.id, otherId))
    .where(and(eq(hidings.userId, userId), eq(hidings.kind, kind), notBlockedBy(userId, otherId), behind))
    .orderBy(desc(createdAt), desc(otherId))
    .limit(limit);
}
