import type { Ctx } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { sortNameOf } from "../../domain/sort-name.ts";
import { findProfile, searchPeople } from "../../db/queries/people.ts";
import type { FoundRow, ProfileRow } from "../../db/queries/people.ts";
import { MAX_COUNTED_POSTS, MAX_NAME_PREFIX, MIN_NAME_PREFIX } from "./limits.ts";
import { noSuchPerson, viewerOf } from "./pair.ts";

export type FoundPerson = FoundRow;

export interface Profile extends FoundPerson {
  /** By the one who asks. */
  isBlocked: boolean;
  isMuted: boolean;
  /** `null` for who is neither the person nor a friend. */
  friendCount: number | null;
  /** Posts that the one who asks may see, up to `MAX_COUNTED_POSTS`. */
  postCount: number;
}

/** Another, or oneself. Throws `not_found` for nobody and for who blocks one. */
export async function getPerson(ctx: Ctx<"db" | "config">, other: string): Promise<Profile> {
  const args = { ...viewerOf(ctx), other, maxPosts: MAX_COUNTED_POSTS };
  const found = await findProfile(ctx.db, args);
  if (found === undefined) throw noSuchPerson(other);
  return profileOf(found);
}

export function profileOf(row: ProfileRow): Profile {
  return { ...row, isBlocked: Boolean(row.isBlocked), isMuted: Boolean(row.isMuted) };
}

/** People whose name begins so, whatever the case, in the order of their names. Throws `invalid_input` for too little. */
export async function findPeople(
  ctx: Ctx<"db" | "config">,
  { q, limit }: { q: string; limit: number },
): Promise<FoundPerson[]> {
  const viewer = viewerOf(ctx);
  return searchPeople(ctx.db, { ...viewer, prefix: namePrefixOf(q), limit });
}

/** As names are compared. Throws `invalid_input` for too little and too much. */
export function namePrefixOf(q: string): string {
  const prefix = sortNameOf(q.trimStart());
  const length = Array.from(prefix).length;
  if (length >= MIN_NAME_PREFIX && length <= MAX_NAME_PREFIX) return prefix;
  const message = `Expected ${MIN_NAME_PREFIX} to ${MAX_NAME_PREFIX} characters of a name`;
  throw new AppError("invalid_input", {
    detail: "The name to look for is too short or too long",
    errors: [{ path: "q", message }],
  });
}
