import type { PostJson } from "../../services/posts/wire-post.ts";
import { Icon } from "../components/icon.tsx";
import { Layout } from "../components/layout.tsx";
import { Done } from "../components/notice.tsx";
import { Composer } from "../feed/composer.tsx";
import type { Draft } from "../feed/draft.ts";
import { FeedNotices, Toast } from "../feed/feed-notices.tsx";
import { PostCard } from "../feed/post-card.tsx";
import { Avatar, personHref } from "../feed/person-badge.tsx";

interface Props {
  viewer: { id: string; name: string };
  posts: readonly PostJson[];
  /** Of the page after this one. */
  nextCursor: string | null;
  /** Whether this is the first page: the newest posts, with the composer. */
  isFirst: boolean;
  /** Where there are no posts: whether there are friends. */
  hasFriends: boolean;
  draft: Draft;
  done?: string | undefined;
  /** Path and query of this page. */
  back: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** `/feed`: one's own posts and one's friends', the newest first. */
export function FeedPage(props: Props) {
  const { viewer, posts, nextCursor, isFirst, draft, done, back, now } = props;
  const failed = Object.keys(draft.errors).length > 0 ? "Error: " : "";
  const head = {
    title: `${failed}Feed · Vitrine`,
    description: "What your friends have found",
    indexed: false,
  };
  return (
    <Layout head={head} bundle="feed">
      <div class="feed" id="feed" data-user={viewer.id} data-name={viewer.name} data-now={now}>
        <FeedAside viewer={viewer} />
        <div class="feed-main">
          <h1 class="feed-title">{isFirst ? "Feed" : "Older posts"}</h1>
          {done === undefined ? null : <Done>{done}</Done>}
          {isFirst ? (
            <Composer viewer={viewer} draft={draft} />
          ) : (
            <p class="feed-newest">
              <a class="button" href="/feed">
                <Icon name="back" />
                Newest posts
              </a>
            </p>
          )}
          <FeedNotices />
          <div class="feed-posts">
            <p class="new-posts" id="new-posts" hidden>
              <button class="button button-primary" type="button" data-part="new-posts">
                New posts
              </button>
            </p>
            <ol id="posts" class="posts" aria-label="Posts">
              {posts.map((post) => (
                <li key={post.id}>
                  <PostCard post={post} viewerId={viewer.id} back={back} now={now} />
                </li>
              ))}
            </ol>
          </div>
          <FeedEmpty isShown={posts.length === 0 && isFirst} hasFriends={props.hasFriends} />
          <FeedEnd nextCursor={nextCursor} isEmpty={posts.length === 0} />
          <Toast />
        </div>
      </div>
    </Layout>
  );
}

function FeedAside({ viewer }: Pick<Props, "viewer">) {
  return (
    <nav class="feed-aside" aria-label="Yours">
      <ul>
        <li>
          <a class="feed-self" href={personHref(viewer.id)}>
            <Avatar person={{ id: viewer.id, name: viewer.name, avatar_url: null }} isLarge />
            <span>
              <strong dir="auto">{viewer.name}</strong>
              <span class="muted small">Your page</span>
            </span>
          </a>
        </li>
        <li>
          <a href="/friends">
            <Icon name="person" />
            Friends
          </a>
        </li>
        <li>
          <a href="/upload">
            <Icon name="picture" />
            Pictures
          </a>
        </li>
        <li>
          <a href="/">
            <Icon name="window" />
            Shop
          </a>
        </li>
      </ul>
    </nav>
  );
}

function FeedEmpty({ isShown, hasFriends }: { isShown: boolean; hasFriends: boolean }) {
  return (
    <div id="feed-empty" class="feed-empty" hidden={!isShown}>
      <Icon name={hasFriends ? "comment" : "person"} />
      <h2>{hasFriends ? "No posts yet" : "It is quiet here"}</h2>
      <p>
        {hasFriends
          ? "Neither you nor your friends have posted anything. Write the first post: what have you found?"
          : "Posts of your friends stand here. You have no friends yet: find people you know, or write your first post."}
      </p>
      {hasFriends ? null : (
        <p>
          <a class="button button-primary" href="/friends">
            Find people
          </a>
        </p>
      )}
    </div>
  );
}

function FeedEnd({ nextCursor, isEmpty }: { nextCursor: string | null; isEmpty: boolean }) {
  return (
    <div id="feed-end" class="feed-end" data-cursor={nextCursor ?? undefined}>
      <p data-part="older" hidden={nextCursor === null}>
        <a class="button" rel="next" href={nextCursor === null ? undefined : olderHref(nextCursor)}>
          Older posts
        </a>
      </p>
      <p data-part="loading" class="feed-loading" hidden>
        <span class="feed-spinner" aria-hidden="true" />
        Loading older posts…
      </p>
      <div data-part="failed" class="feed-failed" role="alert" hidden>
        <p data-part="why" />
        <button class="button" type="button" data-act="retry-older">
          Try again
        </button>
      </div>
      <p data-part="all" class="muted small" hidden={nextCursor !== null || isEmpty}>
        You have seen everything.
      </p>
    </div>
  );
}

export function olderHref(cursor: string): string {
  return `/feed?${new URLSearchParams({ cursor })}`;
}
