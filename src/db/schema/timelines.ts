import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./accounts.ts";
import { posts } from "./feed.ts";

/** Readers whose friends' posts are gathered before they read: those for whom the index is costly. */
export const timelines = sqliteTable(
  "timelines",
  {
    readerId: text("reader_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The least id of which nothing is missing; `""` where nothing is at all. It never sinks. */
    floor: text().notNull(),
    readAt: integer("read_at").notNull(),
    trimmedAt: integer("trimmed_at").notNull(),
  },
  (table) => [
    index("timelines_by_reading").on(table.readAt),
    index("timelines_by_trimming").on(table.trimmedAt),
  ],
);

/** What is left of posts that are gone is not looked for: an index by post would cost each writing of a row. */
export const timelinePosts = sqliteTable(
  "timeline_posts",
  {
    readerId: text("reader_id")
      .notNull()
      .references(() => timelines.readerId, { onDelete: "cascade" }),
    postId: text("post_id").notNull(),
  },
  (table) => [primaryKey({ name: "timeline_posts_of_reader", columns: [table.readerId, table.postId] })],
);

/** Friends whose posts a reader's timeline may lack, and which are read by index: new friends, and wide authors. */
export const timelinePulls = sqliteTable(
  "timeline_pulls",
  {
    readerId: text("reader_id")
      .notNull()
      .references(() => timelines.readerId, { onDelete: "cascade" }),
    authorId: text("author_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ name: "timeline_pulls_of_reader", columns: [table.readerId, table.authorId] }),
    index("timeline_pulls_by_author").on(table.authorId),
  ],
);

/** Posts that some timeline may lack still. */
export const pendingPosts = sqliteTable("pending_posts", {
  postId: text("post_id")
    .primaryKey()
    .references(() => posts.id, { onDelete: "cascade" }),
  authorId: text("author_id").notNull(),
});

/** Authors with so many friends that no timeline gathers their posts. */
export const wideAuthors = sqliteTable("wide_authors", {
  authorId: text("author_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  markedAt: integer("marked_at").notNull(),
  /** From when on each timeline of a friend has its row in `timeline_pulls`. */
  completedAt: integer("completed_at"),
});
