import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { FriendshipState, HidingKind, TextEntity } from "../../domain/post.ts";
import { users } from "./accounts.ts";

/** Ids are time-ordered, so that order by id is order by time. */
export const posts = sqliteTable(
  "posts",
  {
    id: text().primaryKey(),
    authorId: text("author_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Empty on a tombstone, which keeps the id, its author and its counts. */
    text: text().notNull(),
    entities: text({ mode: "json" }).$type<TextEntity[]>().notNull(),
    productId: text("product_id"),
    imageIds: text("image_ids", { mode: "json" }).$type<string[]>().notNull(),
    likeCount: integer("like_count").notNull(),
    commentCount: integer("comment_count").notNull(),
    /** Grows with whatever others see of the post: its counts, its comments, its end. */
    version: integer().notNull(),
    createdAt: integer("created_at").notNull(),
    deletedAt: integer("deleted_at"),
  },
  (table) => [
    // Not partial: deleting an account looks its posts up by this index, and their comments by the one below.
    index("posts_of_author").on(table.authorId, table.deletedAt, table.id),
  ],
);

export const likes = sqliteTable(
  "likes",
  {
    postId: text("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "likes_of_post", columns: [table.postId, table.userId] }),
    index("likes_of_post_by_time").on(table.postId, table.createdAt, table.userId),
    index("likes_by_user").on(table.userId),
  ],
);

export const comments = sqliteTable(
  "comments",
  {
    id: text().primaryKey(),
    postId: text("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    authorId: text("author_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    text: text().notNull(),
    entities: text({ mode: "json" }).$type<TextEntity[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    deletedAt: integer("deleted_at"),
  },
  (table) => [
    index("comments_of_post").on(table.postId, table.deletedAt, table.id),
    index("comments_by_author").on(table.authorId),
  ],
);

/** Two rows a pair, written in one batch. */
export const friendships = sqliteTable(
  "friendships",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    otherId: text("other_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    state: text().$type<FriendshipState>().notNull(),
    /** When `state` became what it is. */
    since: integer().notNull(),
  },
  (table) => [
    primaryKey({ name: "friendships_of_user", columns: [table.userId, table.otherId] }),
    index("friendships_by_state").on(table.userId, table.state, table.since, table.otherId),
    index("friendships_by_other").on(table.otherId),
  ],
);

/** Who hides whom; it holds in both directions. */
export const hidings = sqliteTable(
  "hidings",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    otherId: text("other_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<HidingKind>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "hidings_of_user", columns: [table.userId, table.otherId, table.kind] }),
    index("hidings_by_kind").on(table.userId, table.kind, table.createdAt, table.otherId),
    index("hidings_by_other").on(table.otherId, table.userId, table.kind),
  ],
);
