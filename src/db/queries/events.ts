import { eq, sql } from "drizzle-orm";
import type { AnalyticsEvent } from "../../domain/event.ts";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { analyticsOrgs, eventBatches, events, orgUsers } from "../schema/analytics.ts";
import { members, organisations } from "../schema/orgs.ts";
import { touchKeyQuery } from "./api-keys.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { experimentsQuery } from "./experiment-config.ts";
import { encodeBatch } from "./event-batch.ts";
import { insertJobIf } from "./outbox.ts";

/** An event that the organisation has already, as far as it is compared with one that comes again. */
export interface KnownEvent {
  id: string;
  /** Index in EVENT_TYPES. */
  type: number;
  userId: string;
  at: number;
  path: string | null;
  referrer: string | null;
  /** As `propertiesText` writes them. */
  properties: string | null;
}

export interface StoreArgs {
  orgId: string;
  /** Of the batch: time-ordered, so that batches fold in the order they came. */
  id: string;
  /** At most one of each id. */
  events: readonly AnalyticsEvent[];
  now: number;
  /** The API key whose use is noted; empty for none. */
  keyId: string;
  /** Of an import. */
  audit?: AuditLine | undefined;
  /** The version of the experiments that are known. */
  experiments: number;
  /** What the events leave for the queue, written with them. */
  job: Job | null;
}

export interface StoreOutcome {
  /** `organisations.number`; `null` where there is no such organisation, and nothing was stored. */
  org: number | null;
  known: KnownEvent[];
  retentionDays: number;
  forgottenBefore: number;
  /** All experiments that run, where they have moved on. */
  experiments: { version: number; value: unknown } | null;
}

const DEFAULT_RETENTION = { retentionDays: 400, forgottenBefore: 0 };

/** Makes a batch of events durable, to be folded in later, and tells which of their ids are known. One round trip. */
export async function storeEvents(db: Database, args: StoreArgs): Promise<StoreOutcome> {
  const ids = JSON.stringify(args.events.map(({ id }) => id));
  const lines = args.audit === undefined ? [] : [auditStatement(db, args.orgId, args.audit)];
  const [known, [settings], [experiments], stored] = await db.orm.batch([
    db.orm.all<KnownEvent>(knownEventsQuery(args.orgId, ids)),
    retentionQuery(db, args.orgId),
    experimentsQuery(db, args.experiments),
    insertBatchStatement(db, args),
    ...lines,
    touchKeyQuery(db, args.keyId, args.now),
    ...(args.job === null ? [] : [queueStatement(db, args.orgId, args.job, args.now)]),
  ]);
  return {
    org: stored[0]?.org ?? null,
    known,
    ...(settings ?? DEFAULT_RETENTION),
    experiments: experiments ?? null,
  };
}

function queueStatement(db: Database, orgId: string, job: Job, now: number) {
  return insertJobIf(db, job, now, sql`EXISTS (SELECT 1 FROM ${organisations} WHERE id = ${orgId})`);
}

function insertBatchStatement(db: Database, { orgId, id, events: given, now }: StoreArgs) {
  const { body, size } = encodeBatch(given);
  return db.orm
    .insert(eventBatches)
    .select(sql`SELECT ${id}, number, ${body}, ${size}, ${now} FROM ${organisations} WHERE id = ${orgId}`)
    .returning({ org: eventBatches.org });
}

/** The organisation's events of these ids, a JSON list. */
export function knownEventsQuery(orgId: string, ids: string) {
  return sql`SELECT e.id AS id, e.type AS type, u.id AS userId, e.at AS at, e.path AS path, e.referrer AS referrer,
      e.properties AS properties
    FROM json_each(${ids}) AS given
    CROSS JOIN ${events} AS e ON e.org = (SELECT number FROM ${organisations} WHERE id = ${orgId}) AND e.id = given.value
    CROSS JOIN ${orgUsers} AS u ON u.number = e.user`;
}

function retentionQuery(db: Database, orgId: string) {
  const org = sql`(SELECT number FROM ${organisations} WHERE id = ${orgId})`;
  return db.orm
    .select({
      retentionDays: analyticsOrgs.retentionDays,
      forgottenBefore: analyticsOrgs.forgottenBefore,
    })
    .from(analyticsOrgs)
    .where(eq(analyticsOrgs.org, org));
}

/** Stores the same events in each organisation the account belongs to; answers their numbers. One round trip. */
export async function storeForMemberships(
  db: Database,
  args: { accountId: string; id: string; events: readonly AnalyticsEvent[]; now: number },
): Promise<number[]> {
  const { body, size } = encodeBatch(args.events);
  const rows = await db.orm
    .insert(eventBatches)
    .select(
      sql`SELECT ${args.id} || '-' || o.number, o.number, ${body}, ${size}, ${args.now}
        FROM ${members} AS m JOIN ${organisations} AS o ON o.id = m.org_id WHERE m.user_id = ${args.accountId}`,
    )
    .returning({ org: eventBatches.org });
  return rows.map(({ org }) => org);
}
