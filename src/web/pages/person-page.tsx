import type { PostJson } from "../../services/posts/wire-post.ts";
import { Icon } from "../components/icon.tsx";
import { Done, Problem } from "../components/notice.tsx";
import { PostCard } from "../feed/post-card.tsx";
import { PeopleFrame } from "../people/people-frame.tsx";
import { PersonHead } from "../people/person-head.tsx";
import type { ShownPerson } from "../people/person-head.tsx";

interface Props {
  person: ShownPerson;
  viewerId: string;
  posts: readonly PostJson[];
  /** The way to the newest posts, from a later page. */
  first: string | null;
  /** The way to older posts. */
  more: string | null;
  /** Path and query of the page. */
  here: string;
  /** Milliseconds since the epoch. */
  now: number;
  problem?: string | undefined;
  done?: string | undefined;
}

/** `/u/{id}`: a person, what the two are to each other, and their posts. */
export function PersonPage(props: Props) {
  const { person, problem, done } = props;
  return (
    <PeopleFrame title={person.name} failed={problem !== undefined}>
      {done === undefined ? null : <Done>{done}</Done>}
      <Problem text={problem} />
      <PersonHead person={person} />
      <Posts {...props} />
    </PeopleFrame>
  );
}

function Posts({ person, viewerId, posts, first, more, here, now }: Props) {
  return (
    <section class="people-section" aria-labelledby="posts-title">
      <h2 id="posts-title">{first === null ? "Posts" : "Older posts"}</h2>
      {posts.length === 0 ? <NoPosts person={person} isFirst={first === null} /> : null}
      <ul class="post-list">
        {posts.map((post) => (
          <li>
            <PostCard post={post} viewerId={viewerId} back={here} now={now} headingLevel={3} />
          </li>
        ))}
      </ul>
      {first === null && more === null ? null : (
        <p class="people-steps">
          {first === null ? null : (
            <a class="button" href={first}>
              Newest posts
            </a>
          )}
          {more === null ? null : (
            <a class="button" rel="next" href={more}>
              Older posts
            </a>
          )}
        </p>
      )}
    </section>
  );
}

function NoPosts({ person, isFirst }: { person: ShownPerson; isFirst: boolean }) {
  return (
    <div class="desk-empty">
      <Icon name="comment" />
      <p>{isFirst ? emptyWords(person) : "There are no older posts."}</p>
    </div>
  );
}

// Who mutes one is not to be known by it: of a friend's empty page no reason is given.
function emptyWords({ isSelf, isBlocked, isMuted, friendship }: ShownPerson): string {
  if (isSelf) return "You have not posted anything yet. What you post, your friends see in their feeds.";
  if (isBlocked) return "You do not see each other’s posts while you block them.";
  if (isMuted) return "You do not see each other’s posts while you mute them.";
  return friendship === "friends"
    ? "There are no posts to see here yet."
    : "You see each other’s posts once you are friends.";
}
