import type { FriendshipState } from "../../domain/post.ts";
import type { AuthorJson } from "../../services/posts/wire-post.ts";
import { FieldError } from "../components/field.tsx";
import { Icon } from "../components/icon.tsx";
import { ActButton } from "./act-button.tsx";
import { PersonRow } from "./person-row.tsx";

export interface FoundListed extends AuthorJson {
  friendship: FriendshipState | null;
}

export interface PeopleSearchState {
  /** As it was typed. */
  q: string;
  /** `null` where nobody was looked for. */
  found: readonly FoundListed[] | null;
  /** Whether there may be more than are shown. */
  isCut: boolean;
  error?: string | undefined;
}

/** Looks for people by how their name begins; who is found may be asked at once. */
export function PeopleSearch({ q, found, isCut, error }: PeopleSearchState) {
  return (
    <search class="panel people-search">
      <form class="people-search-form" method="get" action="/friends">
        <label for="q">Find people by name</label>
        <div class="people-search-row">
          <input
            class="input"
            id="q"
            name="q"
            type="search"
            value={q}
            required
            maxlength={100}
            autocomplete="off"
            spellcheck={false}
            enterkeyhint="search"
            dir="auto"
            aria-describedby={error === undefined ? "q-hint" : "q-hint q-error"}
            aria-invalid={error === undefined ? undefined : "true"}
            autofocus={error !== undefined}
          />
          <button class="button button-primary" type="submit">
            <Icon name="search" />
            Find
          </button>
        </div>
        <p class="field-hint" id="q-hint">
          The first letters of the name, two at least.
        </p>
        <FieldError id="q" error={error} />
      </form>
      {found === null ? null : <Found q={q} found={found} isCut={isCut} />}
    </search>
  );
}

function Found({
  q,
  found,
  isCut,
}: Pick<PeopleSearchState, "q" | "isCut"> & { found: readonly FoundListed[] }) {
  return (
    <section class="people-found" aria-labelledby="found-title">
      <h2 id="found-title">
        {found.length === 0 ? "Nobody found" : "Found"} <span class="muted">for “</span>
        <bdi class="muted">{q.trim()}</bdi>
        <span class="muted">”</span>
      </h2>
      {found.length === 0 ? (
        <p class="muted">Nobody’s name begins so. Try fewer letters, or how they would write it.</p>
      ) : null}
      <ul class="person-rows">
        {found.map((person) => (
          <PersonRow person={person} note={NOTES[person.friendship ?? "none"]}>
            <FoundActs person={person} />
          </PersonRow>
        ))}
      </ul>
      {isCut ? <p class="muted small">There may be more: more letters find fewer people.</p> : null}
    </section>
  );
}

const NOTES = {
  none: undefined,
  asked: "You have asked them",
  asking: "Asks to be your friend",
  friends: "Your friend",
} as const;

function FoundActs({ person: { id, name, friendship } }: { person: FoundListed }) {
  switch (friendship) {
    case null:
      return <ActButton label="Ask" about={name} fields={{ do: "ask", user: id }} isPrimary />;
    case "asked":
      return (
        <ActButton label="Withdraw" about={`request to ${name}`} fields={{ do: "withdraw", user: id }} />
      );
    case "asking":
      return <AnswerActs id={id} name={name} />;
    case "friends":
      return null;
    default:
      return friendship satisfies never;
  }
}

/** To someone who asks. */
export function AnswerActs({ id, name }: { id: string; name: string }) {
  return (
    <>
      <ActButton label="Accept" about={name} fields={{ do: "accept", user: id }} isPrimary />
      <ActButton label="Decline" about={name} fields={{ do: "decline", user: id }} />
    </>
  );
}
