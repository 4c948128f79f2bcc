import type { AuthorJson } from "../../services/posts/wire-post.ts";
import { initialsOf } from "../initials.ts";
import { pictureAddress } from "../picture-address.ts";

export function personHref(id: string): string {
  return `/u/${encodeURIComponent(id)}`;
}

/** A person's picture, or their initials where there is none; the name stands beside it. */
export function Avatar({ person, isLarge = false }: { person: AuthorJson; isLarge?: boolean }) {
  const picture = pictureAddress(person.avatar_url);
  return (
    <span class={`avatar person-avatar${isLarge ? " person-avatar-large" : ""}`} aria-hidden="true">
      {initialsOf(person.name)}
      {picture === null ? null : (
        <img
          src={picture}
          alt=""
          width={48}
          height={48}
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          data-avatar=""
        />
      )}
    </span>
  );
}

/** Names are other people's texts: their direction is their own. */
export function PersonLink({ person }: { person: AuthorJson }) {
  return (
    <a class="person-link" href={personHref(person.id)} dir="auto">
      {person.name}
    </a>
  );
}
