import { and, eq, sql } from "drizzle-orm";
import { sortNameOf } from "../../domain/sort-name.ts";
import type { Database } from "../client.ts";
import { accounts, users, verifications } from "../schema/accounts.ts";
import { members, organisations } from "../schema/orgs.ts";
import { PERSON, personOf } from "./sessions.ts";
import type { PersonRow } from "./sessions.ts";

interface Subject {
  issuer: string;
  /** `sub` of the issuer's tokens. */
  subject: string;
}

/** The person whom an outside issuer calls `subject`, with at most `maxOrgs` memberships. One round trip. */
export async function findSubject(
  db: Database,
  args: Subject & { maxOrgs: number },
): Promise<PersonRow | undefined> {
  return personOf(await findSubjectQuery(db, args));
}

export function findSubjectQuery(db: Database, args: Subject & { maxOrgs: number }) {
  return db.orm
    .select(PERSON)
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .leftJoin(members, eq(members.userId, users.id))
    .leftJoin(organisations, eq(organisations.id, members.orgId))
    .where(and(eq(accounts.providerId, args.issuer), eq(accounts.accountId, args.subject)))
    .limit(args.maxOrgs);
}

export interface NewSubject extends Subject {
  /** Both ids come from issuer and subject, so that two isolates that see a subject first make one account. */
  userId: string;
  accountId: string;
  name: string;
  /** What the issuer has verified, or `null`. Taken only where nobody has it. */
  verifiedEmail: string | null;
  /** The address of who has none here: unique, and nobody's. */
  placeholderEmail: string;
  now: number;
}

/** Makes a person and their account of an outside issuer where there are none yet. One round trip. */
export async function insertSubject(db: Database, subject: NewSubject): Promise<void> {
  const now = new Date(subject.now);
  const { userId, verifiedEmail } = subject;
  const taken = sql`EXISTS (SELECT 1 FROM users WHERE email = ${verifiedEmail})`;
  const isFree = verifiedEmail === null ? sql`0` : sql`NOT ${taken}`;
  const person = {
    id: userId,
    name: subject.name,
    sortName: sortNameOf(subject.name),
    email: sql`iif(${isFree}, ${verifiedEmail}, ${subject.placeholderEmail})`,
    emailVerified: sql`${isFree}`,
    createdAt: now,
    updatedAt: now,
  };
  const account = {
    id: subject.accountId,
    accountId: subject.subject,
    providerId: subject.issuer,
    userId,
    createdAt: now,
    updatedAt: now,
  };
  await db.orm.batch([
    db.orm.insert(users).values(person).onConflictDoNothing({ target: users.id }),
    db.orm.insert(accounts).values(account).onConflictDoNothing({ target: accounts.id }),
  ]);
}

/** A person has shown that their mailbox is theirs, and chosen a password: links mailed before are good for nothing more. */
export async function confirmEmail(db: Database, args: { userId: string; now: number }): Promise<void> {
  const confirmed = { emailVerified: true, updatedAt: new Date(args.now) };
  await db.orm.batch([
    db.orm.update(users).set(confirmed).where(eq(users.id, args.userId)),
    forgetLinksStatement(db, args.userId),
  ]);
}

/** Better Auth keeps whose a link is as the `value` of its row. */
export function forgetLinksStatement(db: Database, userId: string) {
  return db.orm.delete(verifications).where(eq(verifications.value, userId));
}

/** The hash of the password of this address's account; `undefined` where there is none. */
export async function findPasswordHash(db: Database, email: string): Promise<string | undefined> {
  return (await findPasswordHashQuery(db, email))[0]?.password ?? undefined;
}

export function findPasswordHashQuery(db: Database, email: string) {
  return db.orm
    .select({ password: accounts.password })
    .from(users)
    .innerJoin(accounts, eq(accounts.userId, users.id))
    .where(and(eq(users.email, email), eq(accounts.providerId, "credential")))
    .limit(1);
}
