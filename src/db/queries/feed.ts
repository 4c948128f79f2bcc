import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { StatementTexts } from "../statement-texts.ts";
import type { Statement } from "../statement-texts.ts";
import { BEFORE_ALL, ofAuthor } from "./feed-skeleton.ts";
import type { Skeleton, SkeletonArgs } from "./feed-skeleton.ts";
import { byTimeline } from "./feed-skeleton-timeline.ts";
import { ownSeqOf } from "./own-writes.ts";
import { isThere } from "./people.ts";
import type { Pair } from "./people.ts";
import { hydratedOf, hydratedPosts } from "./post-hydration.ts";
import type { HydratedPost, HydratedRow } from "./post-hydration.ts";

/** What hydration looks at a post: itself, its author, its product, a like, and two comments with theirs. */
const ROWS_A_POST = 8;

export interface FeedPosition {
  /** The last id of the page before, `null` for the first page. */
  after: string | null;
  limit: number;
}

export interface FeedArgs extends FeedPosition {
  viewer: string;
}

export interface FeedRows {
  posts: HydratedPost[];
  /** Rows of tables and indexes, about; `null` where nothing was found. */
  rowsLooked: number | null;
}

export interface ViewerFeedRows extends FeedRows {
  /** How many writes of the viewer the page shows; `null` where nothing was found. */
  ownSeq: number | null;
  /** When the viewer's timeline was last noted as read; `null` for who has none, and where nothing was found. */
  timelineReadAt: number | null;
}

interface FeedRow extends HydratedRow {
  looked: number;
}

interface ViewerFeedRow extends FeedRow {
  ownSeq: number;
  timelineReadAt: number | null;
}

const LOOKED = sql.raw(`wanted.looked AS "looked"`);

const texts = new StatementTexts();
const named = {
  viewer: sql.placeholder("viewer"),
  after: sql.placeholder("after"),
  limit: sql.placeholder("limit"),
} satisfies SkeletonArgs;
const OWN_SEQ = sql`${ownSeqOf(named.viewer)} AS "ownSeq"`;
const READ_AT = sql`(SELECT read_at FROM timelines WHERE reader_id = ${named.viewer}) AS "timelineReadAt"`;

/** The posts of a skeleton's page, as the viewer sees them, in one statement: nothing changes between the two. */
export function feedStatement(
  { viewer, after, limit }: FeedArgs,
  skeleton: Skeleton = byTimeline,
): Statement {
  const values = { viewer, after: after ?? BEFORE_ALL, limit };
  return texts.of(
    skeleton.name,
    () => hydratedPosts(named.viewer, skeleton.select(named), LOOKED, OWN_SEQ, READ_AT),
    values,
  );
}

/** The viewer's own posts and their friends', the newest first. One round trip. */
export async function readFeed(db: Database, args: FeedArgs, skeleton?: Skeleton): Promise<ViewerFeedRows> {
  const rows = await db.all<ViewerFeedRow>(feedStatement(args, skeleton));
  const [first] = rows;
  return {
    ...feedRowsOf(rows),
    ownSeq: first?.ownSeq ?? null,
    timelineReadAt: first?.timelineReadAt ?? null,
  };
}

export function postsOfQuery({ viewer, other }: Pair, { after, limit }: FeedPosition) {
  return hydratedPosts(viewer, ofAuthor({ viewer, after: after ?? BEFORE_ALL, limit }, other), LOOKED);
}

/** A person's posts that the viewer sees, the newest first; `undefined` where there is no such person for them. One round trip. */
export async function readPostsOf(
  db: Database,
  pair: Pair,
  position: FeedPosition,
): Promise<FeedRows | undefined> {
  const [[person], rows] = await db.orm.batch([
    db.orm.all<{ isThere: number }>(sql`SELECT ${isThere(pair)} AS "isThere"`),
    db.orm.all<FeedRow>(postsOfQuery(pair, position)),
  ]);
  return person.isThere === 1 ? feedRowsOf(rows) : undefined;
}

function feedRowsOf(rows: readonly FeedRow[]): FeedRows {
  const [first] = rows;
  return {
    posts: rows.map(hydratedOf),
    rowsLooked: first === undefined ? null : first.looked + ROWS_A_POST * rows.length,
  };
}
