import type { PlantedBug } from "./bug.ts";

export const FEED_BUGS: readonly PlantedBug[] = [
  {
    name: "page-of-another",
    job: "feed",
    about: "kept pages have keys without the viewer, and nobody asks the page whose it is",
    edits: [
      {
        file: "services/feed/feed-cache.ts",
        from: "keyOf: (viewer, limit) => `feed:${limit}:${viewer}`",
        to: "keyOf: (_, limit) => `feed:${limit}`",
      },
      {
        file: "services/feed/feed-cache.ts",
        from: "page.viewer === viewer && page.seq >= known",
        to: "page.seq >= known",
      },
    ],
  },
  {
    name: "tokens-ignored",
    job: "feed",
    about: "a kept page answers whatever its viewer has written since",
    edits: [
      {
        file: "services/feed/feed-cache.ts",
        from: "page.viewer === viewer && page.seq >= known",
        to: "page.viewer === viewer",
      },
    ],
  },
  {
    name: "pages-in-kv",
    job: "feed",
    about:
      "pages are kept in KV as well, and are taken for as long as it has them, which is longer than was asked for",
    edits: [
      { file: "services/feed/feed-cache.ts", from: 'shared: ["edge"],', to: 'shared: ["edge", "kv"],' },
      { file: "services/feed/feed-cache.ts", from: "freshSeconds: 5,", to: "freshSeconds: 90," },
    ],
  },
  {
    name: "like-counted-again",
    job: "feed",
    about: "a like is counted once a request, so that one that is sent again counts twice",
    edits: [
      {
        file: "db/queries/likes.ts",
        from: "const changes = step === 1 ? sql`NOT ${isLiked(post)}` : isLiked(post);",
        to: "const changes = step === 1 ? sql`true` : isLiked(post);",
      },
    ],
  },
  {
    name: "settled-before-fan-out",
    job: "feed",
    about: "a post is no longer pending before it has reached its readers, and the fan-out is cut off",
    edits: [
      {
        file: "db/queries/timeline-fan-out.ts",
        from: 'return sql`SELECT author_id AS "authorId", author_id IN (SELECT author_id FROM wide_authors) AS "isWide"\n    FROM pending_posts WHERE post_id = ${postId}`;',
        to: 'return sql`DELETE FROM pending_posts WHERE post_id = ${postId}\n    RETURNING author_id AS "authorId", author_id IN (SELECT author_id FROM wide_authors) AS "isWide"`;',
      },
    ],
  },
  {
    name: "late-cleaning",
    job: "feed",
    about: "the job that clears a former friend's posts away comes late, when the two are friends again",
    edits: [
      {
        file: "db/queries/timeline-friends.ts",
        from: "WHERE reader_id = ${readerId} AND NOT ${areFriends(readerId, authorId)}\n    AND post_id IN",
        to: "WHERE reader_id = ${readerId}\n    AND post_id IN",
      },
    ],
  },
  {
    name: "new-friends-not-pulled",
    job: "feed",
    about: "until the job has come that gathers them, a new friend's posts are missing",
    edits: [
      {
        file: "db/queries/timeline-friends.ts",
        from: "WHERE reader_id IN (${one}, ${other}) AND ${areNewFriends(two, now)}`;",
        to: "WHERE reader_id IN (${one}, ${other}) AND false`;",
      },
    ],
  },
  {
    name: "cursor-by-place",
    job: "feed",
    about: "a page begins at the last post of the page before, not behind it",
    edits: [
      {
        file: "db/queries/feed-skeleton.ts",
        from: "ON posts.author_id = authors.id AND posts.deleted_at IS NULL AND posts.id < ${after}",
        to: "ON posts.author_id = authors.id AND posts.deleted_at IS NULL AND posts.id <= ${after}",
      },
    ],
  },
];
