import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { FriendshipState } from "../../domain/post.ts";
import {
  askFriend as askRow,
  endFriendship as endRow,
  listFriends as listRows,
} from "../../db/queries/friendships.ts";
import type { FriendRow } from "../../db/queries/friendships.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { deferWritten, queueing } from "../outbox.ts";
import type { QueueingPorts } from "../outbox.ts";
import { noteOwnWrite } from "../own-writes.ts";
import { MAX_ASKED, MAX_FRIENDS } from "./limits.ts";
import { noAccount, noSuchPerson, pairOf } from "./pair.ts";
import { placeBehind, timePageOf } from "./time-pages.ts";

/** A person, and since when they are what they are to the one who asks. */
export type Friend = FriendRow;

/**
 * Asks a person, or accepts their asking; asked again, and between friends, it changes nothing. Throws `invalid_input` for
 * oneself, `not_found` for nobody and for who blocks one, `conflict` for whom one blocks and where there is no room.
 */
export async function askFriend(
  ctx: Ctx<QueueingPorts | "config" | "receipt">,
  other: string,
): Promise<"asked" | "friends"> {
  const pair = pairOf(ctx, other);
  const limits = { maxFriends: MAX_FRIENDS, maxAsked: MAX_ASKED };
  const written = await askRow(ctx.db, { ...pair, ...limits, ...queueing(ctx) });
  const { outcome } = noteOwnWrite(ctx, written);
  deferWritten(ctx, written.unsent);
  switch (outcome) {
    case "asked":
    case "friends":
      return outcome;
    case "no_account":
      throw noAccount();
    case "nobody":
      throw noSuchPerson(other);
    case "blocking":
      throw new AppError("conflict", `You block "${other}": unblock them first`);
    case "too_many_asked":
      throw new AppError(
        "conflict",
        `${MAX_ASKED} people have not answered you yet: withdraw an asking first`,
      );
    case "too_many_friends":
      throw new AppError("conflict", `You have ${MAX_FRIENDS} friends, as many as may be`);
    case "other_has_too_many":
      throw new AppError("conflict", `"${other}" has ${MAX_FRIENDS} friends, as many as may be`);
    default:
      return outcome satisfies never;
  }
}

/**
 * Ends a friendship, withdraws an asking or declines the other's; without any, it changes nothing. With `only`, nothing but
 * that is ended: `conflict` where they have become something else meanwhile. Throws as `askFriend`.
 */
export async function endFriendship(
  ctx: Ctx<QueueingPorts | "config" | "receipt">,
  other: string,
  only: FriendshipState | null = null,
): Promise<void> {
  const written = await endRow(ctx.db, { ...pairOf(ctx, other), ...queueing(ctx), only });
  const { isThere, left } = noteOwnWrite(ctx, written);
  deferWritten(ctx, written.unsent);
  if (!isThere) throw noSuchPerson(other);
  if (left !== null) throw new AppError("conflict", `"${other}" ${NOW[left]}: look again`);
}

const NOW: Readonly<Record<FriendshipState, string>> = {
  friends: "is your friend by now",
  asked: "is asked by you by now",
  asking: "asks you by now",
};

/** Friends, the newest first. */
export async function listFriends(
  ctx: Ctx<"db" | "config">,
  { cursor, limit }: PageRequest,
): Promise<Page<Friend>> {
  return pageOfState(ctx, "friends", { cursor, limit });
}

/** Who asks the person, or whom they have asked, the newest first. */
export async function listFriendRequests(
  ctx: Ctx<"db" | "config">,
  direction: "incoming" | "outgoing",
  page: PageRequest,
): Promise<Page<Friend>> {
  return pageOfState(ctx, direction === "incoming" ? "asking" : "asked", page);
}

async function pageOfState(
  ctx: Ctx<"db" | "config">,
  state: "asked" | "asking" | "friends",
  { cursor, limit }: PageRequest,
): Promise<Page<Friend>> {
  const { userId } = requireUser(ctx.actor);
  const scope = `friendships:${state}:${userId}`;
  const after = await placeBehind(ctx, scope, cursor);
  const rows = await listRows(ctx.db, { userId, state, after, limit: limit + 1 });
  return timePageOf(ctx, scope, rows, limit);
}
