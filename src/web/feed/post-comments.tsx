import { MAX_COMMENT_LENGTH } from "../../domain/post.ts";
import type { CommentJson } from "../../services/posts/wire-post.ts";
import { Ask } from "./ask.tsx";
import { Avatar, PersonLink } from "./person-badge.tsx";
import { TextPieces } from "./post-text.tsx";
import { When } from "./when.tsx";

interface ItemProps {
  comment: CommentJson;
  /** Whether the one who looks may delete it: its author, or the post's. */
  isDeletable: boolean;
  back: string;
  now: number;
}

/** One comment: a list's item. */
export function CommentItem({ comment, isDeletable, back, now }: ItemProps) {
  const { id, author, text, entities, created_at: at } = comment;
  return (
    <li class="comment" id={id} data-comment={id} tabindex={-1}>
      <Avatar person={author} />
      <div class="comment-body">
        <p class="comment-head">
          <PersonLink person={author} />
          <span class="muted">
            <When at={at} now={now} />
          </span>
        </p>
        <p class="comment-text" dir="auto">
          <TextPieces text={text} entities={entities} />
        </p>
      </div>
      {isDeletable ? (
        <Ask
          id={`delete-${id}`}
          label="Delete"
          about={`comment of ${author.name}`}
          title="Delete the comment?"
          text="It is gone for everyone, and does not come back."
          action="Delete"
          to={`/feed/comments/${encodeURIComponent(id)}`}
          fields={{ do: "delete", back }}
        />
      ) : null}
    </li>
  );
}

interface ListProps {
  /** The newest first, as the API has them; shown in the order they were written. */
  comments: readonly CommentJson[];
  viewerId: string;
  postAuthorId: string;
  back: string;
  now: number;
}

export function CommentList({ comments, viewerId, postAuthorId, back, now }: ListProps) {
  return (
    <ul class="comments" data-comments="">
      {comments.toReversed().map((comment) => (
        <CommentItem
          key={comment.id}
          comment={comment}
          isDeletable={viewerId === comment.author.id || viewerId === postAuthorId}
          back={back}
          now={now}
        />
      ))}
    </ul>
  );
}

/** Writes a comment: a form of its own, so it needs no script. */
export function CommentForm({ postId, back, text }: { postId: string; back: string; text?: string }) {
  const field = `comment-on-${postId}`;
  return (
    <form
      class="comment-form"
      method="post"
      action={`/feed/posts/${encodeURIComponent(postId)}`}
      data-comment-form=""
    >
      <input type="hidden" name="back" value={back} />
      <label class="visually-hidden" for={field}>
        Write a comment
      </label>
      <textarea
        class="input comment-input"
        id={field}
        name="text"
        rows={1}
        required
        maxlength={MAX_COMMENT_LENGTH}
        placeholder="Write a comment…"
        dir="auto"
      >
        {text}
      </textarea>
      <button class="button button-small" type="submit" name="do" value="comment">
        Send
      </button>
    </form>
  );
}
