import { sql } from "drizzle-orm";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { analyticsOrgs } from "../schema/analytics.ts";
import { outbox } from "../schema/jobs.ts";
import { organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { jobOf, originOf, RETURNED_JOB } from "./outbox.ts";
import type { JobRow } from "./outbox.ts";
import { isOrg } from "./standing.ts";

export interface NewRecount {
  /** Id or slug; `null` for all that have events, at most `limit`. */
  org: string | null;
  limit: number;
  /** Of the jobs, before the organisation's number. */
  jobId: string;
  now: number;
  audit: AuditLine;
}

/** Writes a job for each organisation that is to be recounted, from its first user on. One round trip. */
export async function insertRecounts(db: Database, recount: NewRecount): Promise<Job[]> {
  const { org, limit, jobId, now, audit } = recount;
  const numbers =
    org === null
      ? sql`SELECT org AS number FROM ${analyticsOrgs} ORDER BY org LIMIT ${limit}`
      : sql`SELECT number FROM ${organisations} WHERE ${isOrg(org)}`;
  const insert = sql`INSERT INTO ${outbox} (id, kind, payload, created_at, origin)
    SELECT ${jobId} || '-' || number, 'analytics.recount',
      json_object('org', number, 'after_day', -1, 'after_user', ''), ${now}, ${originOf(db)} FROM (${numbers}) WHERE true ${RETURNED_JOB}`;
  const [jobs] = await db.orm.batch([db.orm.all<JobRow>(insert), auditStatement(db, org, audit)]);
  return jobs.map(jobOf);
}
