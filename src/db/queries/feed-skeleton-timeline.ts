import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { USUAL_WALK, walkOrMergeOf } from "./feed-skeleton.ts";
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
    WHERE gathered.reader_id = (SELECT reader_id FROM line) AND gathered.post_id >= (SELECT floor FROM line)
      AND gathered.post_id < ${after} AND ${isPostSeen(viewer)}
    ORDER BY gathered.post_id DESC LIMIT ${limit}`;
}

/** What the queue has not yet brought to all. Friends are asked first, since most of it is others'. */
function pending({ viewer, after, limit }: SkeletonArgs): SQL {
  return sql`SELECT waiting.post_id AS id FROM pending_posts AS waiting CROSS JOIN posts ON posts.id = waiting.post_id
    WHERE waiting.post_id >= (SELECT floor FROM line) AND waiting.post_id < ${after}
      AND ${areFriends(viewer, sql`waiting.author_id`)} AND ${isPostSeen(viewer)}
    ORDER BY waiting.post_id DESC LIMIT ${limit}`;
}

/** Oneself, and the friends whose posts are read by index. */
function pulledAuthors({ viewer }: SkeletonArgs): SQL {
  return sql`SELECT reader_id AS id FROM line UNION ALL SELECT pull.author_id FROM timeline_pulls AS pull
    WHERE pull.reader_id = (SELECT reader_id FROM line) AND ${areFriends(viewer, sql`pull.author_id`)}`;
}

function pulled({ viewer, after, limit }: SkeletonArgs): SQL {
  return sql`SELECT posts.id AS id FROM pulled CROSS JOIN posts ON posts.author_id = pulled.id AND posts.deleted_at IS NULL
      AND posts.id >= (SELECT floor FROM line) AND posts.id < ${after}
    WHERE ${notHidden(viewer, sql`pulled.id`)} ORDER BY posts.id DESC LIMIT ${limit}`;
}

/**
 * The reader's timeline where they have one and it has the whole page, else as `walkOrMerge`. Above its floor a timeline
 * lacks no post but those that are pending, or pulled: where these three give a page, nothing of it is missing.
 */
export function timelineOrIndex(name: string, maxPending: number, walk: Walk): Skeleton {
  const most = sql.raw(String(maxPending));
  const select: Skeleton["select"] = (args) => {
    const { viewer, after, limit } = args;
    const isWhole = sql`((SELECT count(*) FROM drawn) = ${limit} OR EXISTS (SELECT 1 FROM line WHERE floor = ''))`;
    const waiting = sql`(SELECT count(*) FROM (SELECT 1 FROM pending_posts LIMIT ${most} + 1))`;
    const looked = sql`${sql.raw(String(ROWS_A_POST))} * ${limit} + 2 * (SELECT waiting FROM line)
      + ${limit} + 2 * (SELECT count(*) FROM pulled)`;
    return sql`WITH line AS MATERIALIZED (SELECT * FROM (SELECT reader_id, floor, ${waiting} AS waiting FROM timelines
        WHERE reader_id = ${viewer} AND floor < ${after}) WHERE waiting <= ${most}),
      pulled AS MATERIALIZED (${pulledAuthors(args)}),
      drawn AS MATERIALIZED (SELECT id FROM (${gathered(args)}) UNION SELECT id FROM (${pending(args)})
        UNION SELECT id FROM (${pulled(args)}) ORDER BY id DESC LIMIT ${limit})
      SELECT id, ${looked} AS looked FROM drawn WHERE ${isWhole}
      UNION ALL SELECT id, looked FROM (${walkOrMergeOf(args, walk, sql`NOT ${isWhole}`)})
      ORDER BY id DESC LIMIT ${limit}`;
  };
  return { name, select };
}

/** How the feed is read. */
export const byTimeline: Skeleton = timelineOrIndex("timeline", MAX_PENDING, USUAL_WALK);
