import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { analyticsOrgs, erasedUsers, eventBatches, events, orgUsers } from "../schema/analytics.ts";

export interface FoldArgs {
  /** `organisations.number`. */
  org: number;
  /** Ids of the batches, as a JSON list; those that are gone already are passed over. */
  batches: string;
  now: number;
}

// Every statement is cheap SQL over what the ones before it left in the same transaction. `CROSS JOIN` fixes the order of
// the loops: the planner knows nothing of the size of a JSON list. `NOT INDEXED` keeps to the range of the newest rows.

/** What this fold brought in: the rows above the mark that it set at its beginning. */
export function freshEvents(org: number): SQL {
  return sql`${events} NOT INDEXED WHERE number > (SELECT event_mark FROM ${analyticsOrgs} WHERE org = ${org})`;
}

function batchesOf({ org, batches }: FoldArgs): SQL {
  return sql`b.org = ${org} AND b.id IN (SELECT value FROM json_each(${batches}))`;
}

export function ensureOrg(org: number): SQL {
  return sql`INSERT INTO ${analyticsOrgs} (org) VALUES (${org}) ON CONFLICT DO NOTHING`;
}

export function setMarks(org: number): SQL {
  return sql`UPDATE ${analyticsOrgs} SET event_mark = (SELECT coalesce(max(number), 0) FROM ${events}),
    user_mark = (SELECT coalesce(max(number), 0) FROM ${orgUsers}) WHERE org = ${org}`;
}

/** Users that are not there yet, anonymous until `showKnownUsers`. */
export function addUsers(args: FoldArgs): SQL {
  return sql`INSERT INTO ${orgUsers} (org, id, sort_name, is_anonymous, created_at)
    SELECT ${args.org}, u.value ->> 0, u.value ->> 1, 1, ${args.now}
    FROM ${eventBatches} AS b CROSS JOIN json_each(b.body, '$.u') AS u WHERE ${batchesOf(args)}
    ON CONFLICT (org, id) DO NOTHING`;
}

/** Whom the organisation knows, and who did something new by themselves, is not anonymous. */
export function showKnownUsers(args: FoldArgs): SQL {
  return sql`UPDATE ${orgUsers} SET is_anonymous = 0
    WHERE number IN (SELECT user FROM ${freshEvents(args.org)} AND bot = 0) AND is_anonymous = 1
      AND id IN (SELECT u.value ->> 0 FROM ${eventBatches} AS b CROSS JOIN json_each(b.body, '$.u') AS u
        WHERE ${batchesOf(args)} AND u.value ->> 2 = 0)`;
}

/**
 * Each event whose id is new, the first of an id within the batches. Left out: what retention had forgotten when the batch
 * came, and what a user did before being erased.
 */
export function addEvents(args: FoldArgs): SQL {
  const { org } = args;
  return sql`WITH user_of AS MATERIALIZED (
      SELECT b.id AS batch, u.key AS position, o.number AS number,
        max(a.forgotten_before, (b.created_at / 86400000 - a.retention_days) * 86400000, coalesce(x.erased_at + 1, 0)) AS since
      FROM ${eventBatches} AS b CROSS JOIN ${analyticsOrgs} AS a ON a.org = ${org}
      CROSS JOIN json_each(b.body, '$.u') AS u
      CROSS JOIN ${orgUsers} AS o ON o.org = ${org} AND o.id = u.value ->> 0
      LEFT JOIN ${erasedUsers} AS x ON x.org = ${org} AND x.digest = u.value ->> 3
      WHERE ${batchesOf(args)}
    )
    INSERT INTO ${events} (org, id, user, type, at, bot, path, referrer, properties)
    SELECT ${org}, e.value ->> 0, user_of.number, e.value ->> 1, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6,
      e.value ->> 7
    FROM ${eventBatches} AS b CROSS JOIN json_each(b.body, '$.e') AS e
    CROSS JOIN user_of ON user_of.batch = b.id AND user_of.position = e.value ->> 2
    WHERE ${batchesOf(args)} AND e.value ->> 3 >= user_of.since
    ORDER BY b.id, e.key
    ON CONFLICT (org, id) DO NOTHING`;
}

/** Of those just added, users none of whose events was new: they would be rows that no recount makes. */
export function dropIdleUsers(org: number): SQL {
  return sql`DELETE FROM ${orgUsers} WHERE number > (SELECT user_mark FROM ${analyticsOrgs} WHERE org = ${org})
    AND NOT EXISTS (SELECT 1 FROM ${events} WHERE user = ${orgUsers.number})`;
}

/** The newest name that a new event gives; of two given at the same time, the greater. */
export function nameUsers(args: FoldArgs): SQL {
  const { org } = args;
  return sql`WITH named AS (
      SELECT e.user AS user, n.value ->> 1 AS at, n.value ->> 2 AS name, n.value ->> 3 AS sort_name,
        row_number() OVER (PARTITION BY e.user ORDER BY n.value ->> 1 DESC, n.value ->> 2 DESC) AS place
      FROM ${eventBatches} AS b CROSS JOIN json_each(b.body, '$.n') AS n
      CROSS JOIN ${events} AS e ON e.org = ${org} AND e.id = n.value ->> 0 AND e.at = n.value ->> 1
      WHERE ${batchesOf(args)} AND e.number > (SELECT event_mark FROM ${analyticsOrgs} WHERE org = ${org})
    )
    UPDATE ${orgUsers} SET name = named.name, sort_name = named.sort_name, named_at = named.at
    FROM named WHERE ${orgUsers.number} = named.user AND named.place = 1
      AND (named.at > ${orgUsers.namedAt} OR (named.at = ${orgUsers.namedAt} AND named.name > coalesce(${orgUsers.name}, '')))`;
}

/** Moves the organisation on, where anything was new. */
export function advanceVersion({ org, now }: FoldArgs): SQL {
  return sql`UPDATE ${analyticsOrgs} SET version = version + 1, folded_at = max(folded_at, ${now})
    WHERE org = ${org} AND EXISTS (SELECT 1 FROM ${freshEvents(org)})`;
}

export function dropBatches(args: FoldArgs): SQL {
  return sql`DELETE FROM ${eventBatches} AS b WHERE ${batchesOf(args)}`;
}

export function hasPending(org: number): SQL {
  return sql`SELECT EXISTS (SELECT 1 FROM ${eventBatches} WHERE org = ${org}) AS pending`;
}
