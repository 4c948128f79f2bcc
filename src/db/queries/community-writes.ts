import type { FriendshipState, HidingKind, TextEntity } from "../../domain/post.ts";
import type { Mentioned } from "../../domain/post-text-mentions.ts";

export interface PersonWrite {
  kind: "person";
  id: string;
  name: string;
  sortName: string;
  email: string;
  image: string | null;
  at: number;
}

export interface FriendshipWrite {
  kind: "friendship";
  /** Who has asked, where nobody has accepted. */
  from: string;
  to: string;
  state: Exclude<FriendshipState, "asking">;
  at: number;
}

export interface HidingWrite {
  kind: "hiding";
  from: string;
  to: string;
  hiding: HidingKind;
  at: number;
}

interface TextWrite {
  id: string;
  authorId: string;
  text: string;
  entities: readonly TextEntity[];
  mentioned: readonly Mentioned[];
  at: number;
}

export interface PostWrite extends TextWrite {
  kind: "post";
  productId: string | null;
  imageIds: readonly string[];
}

export interface LikeWrite {
  kind: "like";
  postId: string;
  personId: string;
  at: number;
}

export interface CommentWrite extends TextWrite {
  kind: "comment";
  postId: string;
}

export type CommunityWrite =
  | PersonWrite
  | FriendshipWrite
  | HidingWrite
  | PostWrite
  | LikeWrite
  | CommentWrite;

/** Why the database does not take a line. */
export type CommunityRefusal =
  | "email_taken"
  | "id_taken"
  | "no_person"
  | "no_post"
  | "no_product"
  | "no_image"
  | "no_mention"
  | "not_seen"
  | "blocked"
  | "too_many";

export interface CommunityLimits {
  friends: number;
  asked: number;
  /** Of blocks, and as many mutes. */
  hidden: number;
}

/** What became of one line: `null` where it was there already. */
export type CommunityOutcome = "written" | null | { code: CommunityRefusal; detail: string };
