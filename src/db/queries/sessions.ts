import { and, asc, eq, gt, inArray, lt } from "drizzle-orm";
import type { Membership } from "../../domain/actor.ts";
import type { Database } from "../client.ts";
import { sessions, users } from "../schema/accounts.ts";
import { members, organisations } from "../schema/orgs.ts";

/** A person, and where they belong; times in milliseconds. */
export interface PersonRow {
  userId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  memberships: Membership[];
}

export interface SessionRow extends PersonRow {
  sessionId: string;
  createdAt: number;
  expiresAt: number;
}

export const PERSON = {
  userId: users.id,
  name: users.name,
  email: users.email,
  emailVerified: users.emailVerified,
  orgId: members.orgId,
  orgSlug: organisations.slug,
  role: members.role,
};

type JoinedRow = Omit<PersonRow, "memberships"> & {
  [K in keyof Membership]: Membership[K] | null;
};

/** A person joined with their memberships, one a row, as one; `undefined` of no rows. */
export function personOf(rows: readonly JoinedRow[]): PersonRow | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const { userId, name, email, emailVerified } = first;
  const memberships = rows.flatMap(({ orgId, orgSlug, role }) =>
    orgId === null || orgSlug === null || role === null ? [] : [{ orgId, orgSlug, role }],
  );
  return { userId, name, email, emailVerified, memberships };
}

/** The session of a token with its person and at most `maxOrgs` memberships, expired or not. One round trip. */
export async function findSession(
  db: Database,
  args: { token: string; maxOrgs: number },
): Promise<SessionRow | undefined> {
  const rows = await findSessionQuery(db, args);
  const person = personOf(rows);
  if (person === undefined) return undefined;
  const { sessionId, createdAt, expiresAt } = rows[0];
  return { ...person, sessionId, createdAt: createdAt.getTime(), expiresAt: expiresAt.getTime() };
}

export function findSessionQuery(db: Database, args: { token: string; maxOrgs: number }) {
  const { id: sessionId, createdAt, expiresAt } = sessions;
  return db.orm
    .select({ sessionId, createdAt, expiresAt, ...PERSON })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, eq(members.userId, users.id))
    .leftJoin(organisations, eq(organisations.id, members.orgId))
    .where(eq(sessions.token, args.token))
    .limit(args.maxOrgs);
}

export interface OwnSessionRow {
  id: string;
  userAgent: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** A person's sessions that have not expired, the oldest first, those after the id `after`. */
export function listSessions(
  db: Database,
  page: { userId: string; after: string | null; limit: number; now: number },
): Promise<OwnSessionRow[]> {
  return listSessionsQuery(db, page);
}

export function listSessionsQuery(
  db: Database,
  page: { userId: string; after: string | null; limit: number; now: number },
) {
  const { id, userAgent, createdAt, expiresAt } = sessions;
  const after = gt(sessions.id, page.after ?? "");
  return db.orm
    .select({ id, userAgent, createdAt, expiresAt })
    .from(sessions)
    .where(and(eq(sessions.userId, page.userId), after, gt(sessions.expiresAt, new Date(page.now))))
    .orderBy(asc(sessions.id))
    .limit(page.limit);
}

/** Ends a person's session; its token, `null` where they have none of this id. */
export async function deleteSession(
  db: Database,
  args: { id: string; userId: string },
): Promise<string | null> {
  const [row] = await db.orm
    .delete(sessions)
    .where(and(eq(sessions.id, args.id), eq(sessions.userId, args.userId)))
    .returning({ token: sessions.token });
  return row?.token ?? null;
}

/** Forgets up to `limit` sessions that expired before `now`; how many it were. */
export async function deleteExpiredSessions(
  db: Database,
  args: { now: number; limit: number },
): Promise<number> {
  const deleted = await db.orm
    .delete(sessions)
    .where(inArray(sessions.id, expiredSessionsQuery(db, args)))
    .returning({ id: sessions.id });
  return deleted.length;
}

export function expiredSessionsQuery(db: Database, args: { now: number; limit: number }) {
  return db.orm
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.expiresAt, new Date(args.now)))
    .limit(args.limit);
}
