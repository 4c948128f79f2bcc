import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { readFriendsPage } from "../../db/queries/people-pages.ts";
import type { Place } from "../../db/queries/people-pages.ts";
import type { Page } from "../id-pages.ts";
import type { Friend } from "./friendships.ts";
import { viewerOf } from "./pair.ts";
import { namePrefixOf } from "./people.ts";
import type { FoundPerson } from "./people.ts";
import { placeBehind, timePageOf } from "./time-pages.ts";

export const FRIENDS_LISTS = ["incoming", "outgoing", "friends", "block", "mute"] as const;
export type FriendsList = (typeof FRIENDS_LISTS)[number];

export interface FriendsPageRequest {
  cursors: Readonly<Record<FriendsList, string | null>>;
  /** Of each list. */
  limit: number;
  /** How the name of who is looked for begins; `null` for nobody. */
  search: { q: string; limit: number } | null;
}

/** What the lists of friends, requests and hidden people tell, and `findPeople`, at one moment. */
export interface FriendsPage extends Record<FriendsList, Page<Friend>> {
  found: FoundPerson[] | null;
}

function scopeOf(list: FriendsList, userId: string): string {
  return `page:${list}:${userId}`;
}

/** Throws `bad_cursor`, and `invalid_input` for too little to look for. One round trip. */
export async function getFriendsPage(
  ctx: Ctx<"db" | "config">,
  { cursors, limit, search }: FriendsPageRequest,
): Promise<FriendsPage> {
  const { userId } = requireUser(ctx.actor);
  const placeOf = (list: FriendsList): Promise<Place> =>
    placeBehind(ctx, scopeOf(list, userId), cursors[list]);
  const args = {
    userId,
    limit: limit + 1,
    search: search && { ...viewerOf(ctx), prefix: namePrefixOf(search.q), limit: search.limit },
    incoming: await placeOf("incoming"),
    outgoing: await placeOf("outgoing"),
    friends: await placeOf("friends"),
    block: await placeOf("block"),
    mute: await placeOf("mute"),
  };
  const rows = await readFriendsPage(ctx.db, args);
  const pageOf = (list: FriendsList): Promise<Page<Friend>> =>
    timePageOf(ctx, scopeOf(list, userId), rows[list], limit);
  return {
    found: rows.found,
    incoming: await pageOf("incoming"),
    outgoing: await pageOf("outgoing"),
    friends: await pageOf("friends"),
    block: await pageOf("block"),
    mute: await pageOf("mute"),
  };
}
