import { Icon } from "../components/icon.tsx";
import { Done, Problem } from "../components/notice.tsx";
import { Ask } from "../feed/ask.tsx";
import { ActButton } from "../people/act-button.tsx";
import { FriendsSection } from "../people/friends-list.tsx";
import type { ListedPerson, PeopleList } from "../people/friends-list.tsx";
import { PeopleFrame } from "../people/people-frame.tsx";
import { AnswerActs, PeopleSearch } from "../people/people-search.tsx";
import type { PeopleSearchState } from "../people/people-search.tsx";

export interface FriendsLists {
  incoming: PeopleList;
  outgoing: PeopleList;
  friends: PeopleList;
  block: PeopleList;
  mute: PeopleList;
}

interface Props {
  lists: FriendsLists;
  search: PeopleSearchState;
  problem?: string | undefined;
  done?: string | undefined;
}

/** `/friends`: who asks one, one's friends, whom one has asked and hides, and a way to find people. */
export function FriendsPage({ lists, search, problem, done }: Props) {
  const isFailed = problem !== undefined || search.error !== undefined;
  return (
    <PeopleFrame title="Friends" failed={isFailed} isWide>
      <div class="desk-head">
        <div>
          <h1>Friends</h1>
          <p>Friends see each other’s posts in their feeds. Nobody else does.</p>
        </div>
      </div>
      {done === undefined ? null : <Done>{done}</Done>}
      <Problem text={problem} />
      <div class="people-columns">
        <PeopleSearch {...search} />
        <div class="people-main">
          <FriendsSection
            id="incoming"
            title="Requests to you"
            list={lists.incoming}
            sinceWords="Asked on"
            acts={({ id, name }) => <AnswerActs id={id} name={name} />}
          />
          <FriendsSection
            id="friends"
            title="Your friends"
            list={lists.friends}
            sinceWords="Friends since"
            acts={(person) => <Unfriend person={person} />}
            empty={<NoFriends />}
          />
        </div>
        <Beside lists={lists} />
      </div>
    </PeopleFrame>
  );
}

function Beside({ lists: { outgoing, mute, block } }: Pick<Props, "lists">) {
  return (
    <div class="people-beside">
      <FriendsSection
        id="outgoing"
        title="Your requests"
        list={outgoing}
        sinceWords="Asked on"
        acts={({ id, name }) => (
          <ActButton label="Withdraw" about={`request to ${name}`} fields={{ do: "withdraw", user: id }} />
        )}
      />
      <FriendsSection
        id="mute"
        title="Muted"
        list={mute}
        sinceWords="Since"
        acts={({ id, name }) => <ActButton label="Unmute" about={name} fields={{ do: "unmute", user: id }} />}
      />
      <FriendsSection
        id="block"
        title="Blocked"
        list={block}
        sinceWords="Since"
        acts={({ id, name }) => (
          <ActButton label="Unblock" about={name} fields={{ do: "unblock", user: id }} />
        )}
      />
    </div>
  );
}

function Unfriend({ person: { id, name } }: { person: ListedPerson }) {
  return (
    <Ask
      id={`end-${id}`}
      label="End"
      about={`friendship with ${name}`}
      title={`End the friendship with ${name}?`}
      text="You no longer see each other’s posts. They are not told; to be friends again, one has to ask."
      action="End it"
      to="/friends"
      fields={{ do: "unfriend", user: id }}
    />
  );
}

function NoFriends() {
  return (
    <div class="desk-empty">
      <Icon name="person" />
      <p>No friends yet. Find people by their name, and ask them.</p>
    </div>
  );
}
