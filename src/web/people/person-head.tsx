import type { FriendshipState } from "../../domain/post.ts";
import type { AuthorJson } from "../../services/posts/wire-post.ts";
import { Confirm } from "../components/confirm.tsx";
import { Day } from "../components/day.tsx";
import { Avatar } from "../feed/person-badge.tsx";
import { formatCount } from "../price.ts";
import { ActButton } from "./act-button.tsx";

export interface ShownPerson extends AuthorJson {
  isSelf: boolean;
  friendship: FriendshipState | null;
  isBlocked: boolean;
  isMuted: boolean;
  /** `null` for who is neither oneself nor a friend. */
  friendCount: number | null;
  postCount: number;
  /** Where the count of posts stops. */
  maxPosts: number;
  /** Milliseconds since the epoch: since when the two are what they are; `null` where they are nothing. */
  since: number | null;
}

/** Who a person is, what they are to the one who looks, and what that one may do. */
export function PersonHead({ person }: { person: ShownPerson }) {
  return (
    <header class="person-head">
      <Avatar person={person} isLarge />
      <div class="person-head-text">
        <h1 dir="auto">{person.name}</h1>
        <p class="person-standing">
          <Standing person={person} />
        </p>
        <Counts person={person} />
      </div>
      <div class="person-acts">{person.isSelf ? <OwnActs /> : <Acts person={person} />}</div>
    </header>
  );
}

function Standing({ person: { isSelf, isBlocked, isMuted, friendship, since } }: { person: ShownPerson }) {
  if (isSelf) return <span class="tag tag-strong">You</span>;
  if (isBlocked) return <span class="tag tag-off">Blocked</span>;
  return (
    <>
      {friendship === null ? <span class="tag">Not a friend</span> : null}
      {friendship === null ? null : (
        <span class={friendship === "friends" ? "tag tag-strong" : "tag tag-wait"}>{STATES[friendship]}</span>
      )}
      {since === null ? null : (
        <span class="muted small">
          since <Day at={since} />
        </span>
      )}
      {isMuted ? <span class="tag tag-off">Muted</span> : null}
    </>
  );
}

const STATES = { asked: "You have asked", asking: "Asks to be your friend", friends: "Your friend" } as const;

function Counts({ person: { friendCount, postCount, maxPosts, isMuted } }: { person: ShownPerson }) {
  if (friendCount === null) return null;
  const posts = postCount >= maxPosts ? `${formatCount(maxPosts)}+` : formatCount(postCount);
  return (
    <p class="person-counts">
      <span>
        <strong>{formatCount(friendCount)}</strong> {friendCount === 1 ? "friend" : "friends"}
      </span>
      {isMuted ? null : (
        <span>
          <strong>{posts}</strong> {postCount === 1 ? "post" : "posts"}
        </span>
      )}
    </p>
  );
}

function OwnActs() {
  return (
    <>
      <a class="button button-small button-primary" href="/feed">
        Write a post
      </a>
      <a class="button button-small" href="/friends">
        Friends
      </a>
      <a class="button button-small" href="/account">
        Settings
      </a>
    </>
  );
}

function Acts({ person }: { person: ShownPerson }) {
  const { name, isBlocked, isMuted } = person;
  if (isBlocked) return <ActButton label="Unblock" about={name} fields={{ do: "unblock" }} />;
  return (
    <>
      <FriendActs person={person} />
      <ActButton
        label={isMuted ? "Unmute" : "Mute"}
        about={name}
        fields={{ do: isMuted ? "unmute" : "mute" }}
      />
      <Confirm
        id="block"
        label="Block"
        about={name}
        title={`Block ${name}?`}
        text="For them you are not here any more: they cannot find, see or ask you. A friendship ends, and does not come back by itself."
        action="Block"
        fields={{ do: "block" }}
      />
    </>
  );
}

function FriendActs({ person: { name, friendship } }: { person: ShownPerson }) {
  switch (friendship) {
    case null:
      return <ActButton label="Ask to be friends" about={`with ${name}`} fields={{ do: "ask" }} isPrimary />;
    case "asked":
      return <ActButton label="Withdraw" about={`request to ${name}`} fields={{ do: "withdraw" }} />;
    case "asking":
      return (
        <>
          <ActButton label="Accept" about={name} fields={{ do: "accept" }} isPrimary />
          <ActButton label="Decline" about={name} fields={{ do: "decline" }} />
        </>
      );
    case "friends":
      return (
        <Confirm
          id="end"
          label="End friendship"
          about={`with ${name}`}
          title={`End the friendship with ${name}?`}
          text="You no longer see each other’s posts. They are not told; to be friends again, one has to ask."
          action="End it"
          fields={{ do: "unfriend" }}
        />
      );
    default:
      return friendship satisfies never;
  }
}
