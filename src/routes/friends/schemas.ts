import { z } from "@hono/zod-openapi";
import { FRIENDSHIP_STATES } from "../../domain/post.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { Friend } from "../../services/friends/friendships.ts";
import { MAX_COUNTED_POSTS } from "../../services/friends/limits.ts";
import type { FoundPerson, Profile } from "../../services/friends/people.ts";
import { toWireAuthor } from "../../services/posts/wire-post.ts";
import { AuthorSchema } from "../posts/schemas.ts";

const personId = z
  .string()
  .min(1)
  .max(100)
  .openapi({ description: "The id of a person", example: "usr_019b7ca98c8870b4808e96fd1b3df43e" });

export const userParam = z.object({ user: personId });
export const idParam = z.object({ id: personId });

export const FriendSchema = AuthorSchema.extend({
  since: z.iso.datetime().openapi({ description: "When they became what the list says" }),
}).openapi("Friend");

const friendship = z.enum(FRIENDSHIP_STATES).nullable().openapi({
  description: "`asked`: you have asked them. `asking`: they ask you. Null: neither, or yourself",
});

export const FoundPersonSchema = AuthorSchema.extend({ friendship }).openapi("FoundPerson");

export const PersonSchema = FoundPersonSchema.extend({
  is_blocked: z.boolean().openapi({ description: "Whether you block them" }),
  is_muted: z.boolean().openapi({ description: "Whether you mute them" }),
  friend_count: z.int().min(0).nullable().openapi({ description: "Told to friends alone" }),
  post_count: z
    .int()
    .min(0)
    .max(MAX_COUNTED_POSTS)
    .openapi({ description: `Posts that you may see; ${MAX_COUNTED_POSTS} stands for so many and more` }),
}).openapi("Person");

export function friendWire(friend: Friend) {
  return { ...toWireAuthor(friend), since: toRfc3339(friend.since) };
}

export function foundPersonWire(person: FoundPerson) {
  return { ...toWireAuthor(person), friendship: person.friendship };
}

export function personWire(profile: Profile) {
  return {
    ...foundPersonWire(profile),
    is_blocked: profile.isBlocked,
    is_muted: profile.isMuted,
    friend_count: profile.friendCount,
    post_count: profile.postCount,
  };
}
