import type { PostJson } from "../../services/posts/wire-post.ts";
import { Icon } from "../components/icon.tsx";
import { Picture } from "../components/picture.tsx";
import { productHref } from "../components/product-card.tsx";
import { formatCount, formatPrice } from "../price.ts";
import { Ask } from "./ask.tsx";
import { Avatar, PersonLink } from "./person-badge.tsx";
import { CommentForm, CommentList } from "./post-comments.tsx";
import { PostPictures } from "./post-pictures.tsx";
import { PostText } from "./post-text.tsx";
import { When } from "./when.tsx";

export function postHref(id: string): string {
  return `/posts/${encodeURIComponent(id)}`;
}

export interface PostCardProps {
  post: PostJson;
  /** Who looks; their own post has a button to delete it. */
  viewerId: string;
  /** Path and query of the page that the card stands on: where its forms lead back to. */
  back: string;
  /** Milliseconds since the epoch, for how long ago it was written. */
  now: number;
  /** The page is about this post alone: all of its text and pictures; its comments are the page's own. */
  isAlone?: boolean;
  /** Of the author's name: what stands above the cards. */
  headingLevel?: 2 | 3;
}

/** One post, without its list's item. All of it works by links and forms; the island takes them over. */
export function PostCard(props: PostCardProps) {
  const { post, isAlone = false } = props;
  return (
    <article
      class="post"
      id={`p-${post.id}`}
      data-post={post.id}
      data-author={post.author.id}
      aria-labelledby={`a-${post.id}`}
      tabindex={-1}
    >
      <PostHead {...props} />
      <PostText text={post.text} entities={post.entities} isWhole={isAlone} />
      <PostPictures post={post} moreHref={isAlone ? null : postHref(post.id)} />
      {post.product === null ? null : <PostProduct product={post.product} />}
      <PostActions {...props} />
      {isAlone ? null : <PostComments {...props} />}
    </article>
  );
}

function PostHead({ post, viewerId, back, now, headingLevel = 2 }: PostCardProps) {
  const { id, author } = post;
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <header class="post-head">
      <Avatar person={author} isLarge />
      <div class="post-who">
        <Heading class="post-author" id={`a-${id}`}>
          <PersonLink person={author} />
          <span class="visually-hidden">, post</span>
        </Heading>
        <a class="post-time" href={postHref(id)}>
          <When at={post.created_at} now={now} />
        </a>
      </div>
      {author.id === viewerId ? (
        <Ask
          id={`delete-${id}`}
          label="Delete"
          about="your post"
          title="Delete the post?"
          text="It is gone for everyone, with its likes and comments, and does not come back."
          action="Delete"
          to={formHref(id)}
          fields={{ do: "delete", back }}
        />
      ) : null}
    </header>
  );
}

function formHref(id: string): string {
  return `/feed/posts/${encodeURIComponent(id)}`;
}

function PostProduct({ product }: { product: NonNullable<PostJson["product"]> }) {
  return (
    <a class="post-product" href={productHref(product.id)}>
      <Picture src={product.image_url} alt="" size={72} />
      <span class="post-product-text">
        <span class="post-product-title" dir="auto">
          {product.title}
        </span>
        <span class="post-product-price">
          {product.price === null ? <span class="muted">Price on request</span> : formatPrice(product.price)}
        </span>
      </span>
      <Icon name="chevron" />
    </a>
  );
}

function PostActions({ post, back, isAlone = false }: PostCardProps) {
  const { id, liked, like_count: likes, comment_count: comments } = post;
  return (
    <div class="post-actions">
      <form method="post" action={formHref(id)} data-like-form="">
        <input type="hidden" name="back" value={back} />
        <button
          class="post-action like-button"
          type="submit"
          name="do"
          value={liked ? "unlike" : "like"}
          aria-pressed={liked ? "true" : "false"}
        >
          <Icon name="heart" />
          Like
          <LikeCount count={likes} />
        </button>
      </form>
      <a class="post-action" href={isAlone ? "#comments" : `${postHref(id)}#comments`}>
        <Icon name="comment" />
        <span data-comment-count={comments}>{commentsText(comments)}</span>
      </a>
    </div>
  );
}

function LikeCount({ count }: { count: number }) {
  return (
    <span class="count" data-like-count={count}>
      {count === 0 ? "" : formatCount(count)}
    </span>
  );
}

/** `Comment`, `1 comment`, `12 comments`. */
export function commentsText(count: number): string {
  if (count === 0) return "Comment";
  return count === 1 ? "1 comment" : `${formatCount(count)} comments`;
}

function PostComments({ post, viewerId, back, now }: PostCardProps) {
  const { id, comments, comment_count: count } = post;
  return (
    <div class="post-comments" data-comment-part="" role="group" aria-label="Comments">
      {count > comments.length ? (
        <a class="comments-more" href={`${postHref(id)}#comments`} data-earlier="">
          See all {formatCount(count)} comments
        </a>
      ) : null}
      <CommentList
        comments={comments}
        viewerId={viewerId}
        postAuthorId={post.author.id}
        back={back}
        now={now}
      />
      <CommentForm postId={id} back={back} />
    </div>
  );
}
