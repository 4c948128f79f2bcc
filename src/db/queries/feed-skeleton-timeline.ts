import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { firstPageOf, indexPages, pageOf, USUAL_WALK } from "./feed-skeleton.ts";
import type { Skeleton, SkeletonArgs, Walk } from "./feed-skeleton.ts";
import { isPostSeen } from "./posts-visible.ts";
import { areFriends, notHidden } from "./visible.ts";

/** Posts that wait for their fan-out, up to which timelines are read. */
export const MAX_PENDING = 500;

/** Of a row that was gathered: itself, its post, the friendship, and the search for hidings. */
const ROWS_A_POST = 4;

/** What was gathered for the reader. In the index's order, so that it ends with the page. */
function gathered({ viewer, after, limit }: SkeletonArgs): SQL {
  return sql`SELECT gathered.post_id AS id FROM timeline_posts AS gathered CROSS JOIN posts ON posts.id = gathered.post_id
    WHERE gathered.reader_id = ${viewer} AND gathered.post_id >= (SELECT floor FROM line) AND gathered.post_id < ${after}
      AND ${isPostSeen(viewer)}
    ORDER BY gathered.post_id DESC LIMIT ${limit}`;
}

/** What the queue has not yet brought to all. Friends are asked first, since most of it is others'. */
function pending({ viewer, after, limit }: SkeletonArgs): SQL {
  return sql`SELECT waiting.post_id AS id FROM pending_posts AS waiting CROSS JOIN posts ON posts.id = waiting.post_id
    WHERE waiting.post_id >= (SELECT floor FROM line) AND waiting.post_id < ${after}
      AND ${areFriends(viewer, sql`waiting.author_id`)} AND ${isPostSeen(viewer)}
    ORDER BY waiting.post_id DESC LIMIT ${limit}`;
}

/** Of oneself, and of the friends whose posts are read by index. */
function pulled({ viewer, after, limit }: SkeletonArgs): SQL {
  return sql`WITH pulled AS MATERIALIZED (SELECT ${viewer} AS id
      UNION ALL SELECT author_id FROM timeline_pulls WHERE reader_id = ${viewer} AND ${areFriends(viewer, sql`author_id`)})
    SELECT posts.id AS id FROM pulled CROSS JOIN posts ON posts.author_id = pulled.id AND posts.deleted_at IS NULL
      AND posts.id >= (SELECT floor FROM line) AND posts.id < ${after}
    WHERE ${notHidden(viewer, sql`pulled.id`)} ORDER BY posts.id DESC LIMIT ${limit}`;
}

/**
 * The reader's page by their timeline, where they have one and it has the whole page. Above its floor a timeline lacks no
 * post but those that are pending, or pulled: where these three fill a page, nothing of it is missing.
 */
function timelinePage(args: SkeletonArgs, maxPending: number): SQL {
  const { viewer, after, limit } = args;
  const most = sql.raw(String(maxPending));
  const waiting = sql`(SELECT count(*) FROM (SELECT 1 FROM pending_posts LIMIT ${most} + 1))`;
  const own = sql`timelines WHERE reader_id = ${viewer} AND ${waiting} <= ${most}`;
  const ids = sql`WITH line AS MATERIALIZED (SELECT floor FROM ${own} AND floor < ${after})
    SELECT id FROM (${gathered(args)}) UNION SELECT id FROM (${pending(args)}) UNION SELECT id FROM (${pulled(args)})
    ORDER BY id DESC LIMIT ${limit}`;
  const pulls = sql`(SELECT count(*) FROM timeline_pulls WHERE reader_id = ${viewer})`;
  const looked = sql`${sql.raw(String(ROWS_A_POST + 1))} * ${limit} + 2 * ${waiting} + 3 * ${pulls}`;
  const isAll = sql`EXISTS (SELECT 1 FROM ${own} AND floor = '')`;
  return pageOf(ids, looked, sql`count(*) = ${limit} OR ${isAll}`);
}

/** The reader's timeline where it has the whole page, else as `walkOrMerge`. */
export function timelineOrIndex(name: string, maxPending: number, walk: Walk): Skeleton {
  return { name, select: (args) => firstPageOf([timelinePage(args, maxPending), ...indexPages(args, walk)]) };
}

/** How the feed is read. */
export const byTimeline: Skeleton = timelineOrIndex("timeline", MAX_PENDING, USUAL_WALK);
