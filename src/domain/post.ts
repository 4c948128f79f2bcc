/** Of a post's and a comment's text, in Unicode code points. */
export const MAX_POST_LENGTH = 5_000;
export const MAX_COMMENT_LENGTH = 1_000;
export const MAX_POST_IMAGES = 10;
/** Of a post, and of a comment. */
export const MAX_MENTIONS = 20;
/** Comments that come with a post of the feed. */
export const FEED_COMMENTS = 2;

/** What a text refers to; `from` and `to` are UTF-16 offsets into it, as JavaScript counts. Texts are never HTML. */
export type TextEntity =
  | { kind: "link"; from: number; to: number; url: string }
  | { kind: "mention"; from: number; to: number; user_id: string };

/** How a person stands to another. Both have a row; `asked` on one side is `asking` on the other. */
export const FRIENDSHIP_STATES = ["asked", "asking", "friends"] as const;
export type FriendshipState = (typeof FRIENDSHIP_STATES)[number];

/** Either hides both from each other in feeds; a block also ends a friendship and refuses what one would write to the other. */
export const HIDING_KINDS = ["block", "mute"] as const;
export type HidingKind = (typeof HIDING_KINDS)[number];
