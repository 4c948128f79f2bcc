import type { AuthorJson, CommentJson, PostJson } from "../../services/posts/wire-post.ts";
import { Done, Problem } from "../components/notice.tsx";
import { Avatar, PersonLink } from "../feed/person-badge.tsx";
import { PostCard } from "../feed/post-card.tsx";
import { CommentList } from "../feed/post-comments.tsx";
import { CommentBox } from "../people/comment-box.tsx";
import { PeopleFrame } from "../people/people-frame.tsx";
import { formatCount } from "../price.ts";

/** A part of a list of the post, and the ways to the rest. */
export interface Part<T> {
  items: readonly T[];
  first: string | null;
  more: string | null;
}

interface Props {
  post: PostJson;
  comments: Part<CommentJson>;
  likes: Part<AuthorJson>;
  viewerId: string;
  /** Path and query of the page. */
  here: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** Of a comment that was not taken. */
  typed: string;
  /** What was wrong with that comment. */
  error?: string | undefined;
  problem?: string | undefined;
  done?: string | undefined;
}

/** `/posts/{id}`: a post, who likes it, and what is said about it. */
export function PostPage(props: Props) {
  const { post, viewerId, here, now, error, problem, done } = props;
  return (
    <PeopleFrame title={`Post of ${post.author.name}`} failed={error !== undefined || problem !== undefined}>
      <h1 class="visually-hidden">
        Post of <bdi>{post.author.name}</bdi>
      </h1>
      {done === undefined ? null : <Done>{done}</Done>}
      <Problem text={problem} />
      <PostCard post={post} viewerId={viewerId} back={here} now={now} isAlone />
      <Likes {...props} />
      <Comments {...props} />
    </PeopleFrame>
  );
}

const NAMED = 2;

/** `Liked by Ada`, `Liked by Ada and Bob`, `Liked by Ada, Bob and 3 others`. */
function LikedBy({ people, count }: { people: readonly AuthorJson[]; count: number }) {
  const named = people.slice(0, NAMED).map(({ name }) => name);
  const others = count - named.length;
  const all = others > 0 ? [...named, `${formatCount(others)} ${others === 1 ? "other" : "others"}`] : named;
  return (
    <>
      Liked by{" "}
      {new Intl.ListFormat("en-GB")
        .formatToParts(all)
        .map(({ type, value }) => (type === "element" ? <bdi>{value}</bdi> : value))}
    </>
  );
}

function Likes({ post: { like_count: count }, likes: { items, first, more } }: Props) {
  if (items.length === 0 && first === null) return null;
  return (
    <details class="likers" id="likes" open={first !== null}>
      <summary>
        {first === null ? <LikedBy people={items} count={count} /> : `Liked by ${formatCount(count)} people`}
      </summary>
      <ul class="liker-list">
        {items.map((person) => (
          <li>
            <Avatar person={person} />
            <PersonLink person={person} />
          </li>
        ))}
      </ul>
      <Steps first={first} more={more} firstWords="The latest" moreWords="More people" />
    </details>
  );
}

function Comments({ post, comments, viewerId, here, now, typed, error }: Props) {
  const { items, first, more } = comments;
  const count = post.comment_count;
  return (
    <section class="people-section post-talk" id="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">{count === 0 ? "Comments" : titleOf(count)}</h2>
      {items.length === 0 ? <NoComments isFirst={first === null} isCounted={count > 0} /> : null}
      <Steps first={null} more={more} firstWords="" moreWords="Earlier comments" />
      <CommentList comments={items} viewerId={viewerId} postAuthorId={post.author.id} back={here} now={now} />
      <Steps first={first} more={null} firstWords="Latest comments" moreWords="" />
      <CommentBox text={typed} error={error} />
    </section>
  );
}

function titleOf(count: number): string {
  return count === 1 ? "1 comment" : `${formatCount(count)} comments`;
}

// The count is everybody's; comments of hidden people are not shown, and nothing says whose they are.
function NoComments({ isFirst, isCounted }: { isFirst: boolean; isCounted: boolean }) {
  if (!isFirst) return <p class="muted">There are no earlier comments.</p>;
  return (
    <p class="muted">
      {isCounted ? "None that you can see." : "Nobody has said anything yet. Be the first."}
    </p>
  );
}

interface StepsProps {
  first: string | null;
  more: string | null;
  firstWords: string;
  moreWords: string;
}

function Steps({ first, more, firstWords, moreWords }: StepsProps) {
  if (first === null && more === null) return null;
  return (
    <p class="people-steps">
      {first === null ? null : (
        <a class="button button-small" href={first}>
          {firstWords}
        </a>
      )}
      {more === null ? null : (
        <a class="button button-small" rel="next" href={more}>
          {moreWords}
        </a>
      )}
    </p>
  );
}
