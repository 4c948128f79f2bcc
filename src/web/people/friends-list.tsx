import type { Child } from "hono/jsx";
import type { AuthorJson } from "../../services/posts/wire-post.ts";
import { Day } from "../components/day.tsx";
import { PersonRow } from "./person-row.tsx";

export interface ListedPerson extends AuthorJson {
  /** Milliseconds since the epoch. */
  since: number;
}

export interface PeopleList {
  people: readonly ListedPerson[];
  /** The way to the page before the first, where this is a later one. */
  first: string | null;
  /** The way to the next page. */
  more: string | null;
}

interface Props {
  /** Of the section, for links into the page. */
  id: string;
  title: string;
  list: PeopleList;
  /** Before the day since when they are in the list. */
  sinceWords: string;
  acts: (person: ListedPerson) => Child;
  /** In place of an empty list. */
  empty?: Child;
}

/** A list of people under its heading; of an empty one nothing, where there is nothing to say about it. */
export function FriendsSection({ id, title, list, sinceWords, acts, empty }: Props) {
  const { people } = list;
  if (people.length === 0 && list.first === null && empty === undefined) return null;
  return (
    <section class="people-section" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {people.length === 0 ? empty : null}
      <ul class="person-rows">
        {people.map((person) => (
          <PersonRow
            person={person}
            note={
              <>
                {sinceWords} <Day at={person.since} />
              </>
            }
          >
            {acts(person)}
          </PersonRow>
        ))}
      </ul>
      <Steps about={title} list={list} />
    </section>
  );
}

/** The ways to the first and to the next page of one list among several. */
function Steps({ about, list: { first, more } }: { about: string; list: PeopleList }) {
  if (first === null && more === null) return null;
  return (
    <p class="people-steps">
      {first === null ? null : (
        <a class="button button-small" href={first}>
          From the beginning<span class="visually-hidden"> in “{about}”</span>
        </a>
      )}
      {more === null ? null : (
        <a class="button button-small" rel="next" href={more}>
          Show more<span class="visually-hidden"> in “{about}”</span>
        </a>
      )}
    </p>
  );
}
