import type { CommentJson, PostJson } from "../../services/posts/wire-post.ts";
import { PostCard } from "../feed/post-card.tsx";
import { CommentItem } from "../feed/post-comments.tsx";
import { elementOf } from "./feed-elements.ts";
import type { FeedFrame } from "./feed-frame.ts";
import { look } from "./feed-look.ts";

/** Where forms lead back to that are sent while the script is not there any more. */
const BACK = "/feed";

/** A post's card in its list's item, as the server draws it. */
export function postItem(post: PostJson, frame: FeedFrame): HTMLElement {
  const item = elementOf(
    <li>
      <PostCard post={post} viewerId={frame.viewer.id} back={BACK} now={frame.now()} />
    </li>,
  );
  look(item);
  return item;
}

export function commentElement(comment: CommentJson, postAuthorId: string, frame: FeedFrame): HTMLElement {
  const { id } = frame.viewer;
  const isDeletable = comment.author.id === id || postAuthorId === id;
  const item = elementOf(
    <CommentItem comment={comment} isDeletable={isDeletable} back={BACK} now={frame.now()} />,
  );
  look(item);
  return item;
}
