import type { Child } from "hono/jsx";
import type { AuthorJson } from "../../services/posts/wire-post.ts";
import { Avatar, PersonLink } from "../feed/person-badge.tsx";

interface Props {
  person: AuthorJson;
  /** Under the name. */
  note?: Child;
  /** What one may do, at the end of the row. */
  children?: Child;
}

/** A person in a list: its item. */
export function PersonRow({ person, note, children }: Props) {
  return (
    <li class="person-row">
      <Avatar person={person} isLarge />
      <div class="person-row-text">
        <PersonLink person={person} />
        {note === undefined ? null : <span class="muted small">{note}</span>}
      </div>
      {children === undefined ? null : <div class="person-row-acts">{children}</div>}
    </li>
  );
}
