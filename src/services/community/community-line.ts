import type {
  CommentWrite,
  CommunityWrite,
  FriendshipWrite,
  HidingWrite,
  LikeWrite,
  PersonWrite,
  PostWrite,
} from "../../db/queries/community-writes.ts";
import { AppError } from "../../domain/errors.ts";
import {
  HIDING_KINDS,
  MAX_COMMENT_LENGTH,
  MAX_MENTIONS,
  MAX_POST_IMAGES,
  MAX_POST_LENGTH,
} from "../../domain/post.ts";
import { readPostText } from "../../domain/post-text.ts";
import type { PostText } from "../../domain/post-text.ts";
import type { GivenMention } from "../../domain/post-text-mentions.ts";
import { PRODUCT_LIMITS } from "../../domain/product.ts";
import { sortNameOf } from "../../domain/sort-name.ts";
import { kindOf } from "../events/event-fields.ts";
import { isName } from "../orgs/name.ts";
import { personIdOf } from "./community-ids.ts";
import { CommunityFault, keyOf, LineFields } from "./line-fields.ts";
import type { CommunityFaultCode } from "./line-fields.ts";

const MAX_NAME = 200;
const MAX_EMAIL = 254;
const MAX_AVATAR = 2_048;
// As the sign-up takes it, by and large: the mail's way decides what an address is.
const EMAIL = /^[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;
const AVATAR = /^https:\/\/[^\s/\\?#@\p{Cc}]+(?:[/?#][^\s\\\p{Cc}]*)?$/iu;

interface Reader {
  known: ReadonlySet<string>;
  read(fields: LineFields): CommunityWrite;
}

const READERS: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  ["person", { known: new Set(["id", "name", "email", "avatar_url", "at"]), read: readPerson }],
  ["friendship", { known: new Set(["from", "to", "state", "at"]), read: readFriendship }],
  ["hiding", { known: new Set(["from", "to", "type", "at"]), read: readHiding }],
  [
    "post",
    {
      known: new Set(["id", "author", "text", "mentions", "product_id", "image_ids", "at"]),
      read: readPost,
    },
  ],
  ["like", { known: new Set(["post", "post_at", "person", "at"]), read: readLike }],
  [
    "comment",
    { known: new Set(["id", "post", "post_at", "author", "text", "mentions", "at"]), read: readComment },
  ],
]);

/** What one line brings, or the first thing that is wrong with it. */
export function parseCommunityLine(
  value: unknown,
  now: number,
): CommunityWrite | { code: CommunityFaultCode; detail: string } {
  try {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new CommunityFault("not_an_object", `Expected an object, not ${kindOf(value)}`);
    const { kind } = value as Record<string, unknown>;
    const reader = READERS.get(kind);
    if (reader === undefined) {
      const kinds = [...READERS.keys()].join(", ");
      throw new CommunityFault("unknown_kind", `Expected kind as one of ${kinds}, not ${kindOf(kind)}`);
    }
    const fields = new LineFields({ ...value }, now);
    fields.refuseOthersThan(reader.known);
    return reader.read(fields);
  } catch (error) {
    if (error instanceof CommunityFault) return { code: error.code, detail: error.message };
    throw error;
  }
}

/** Who has no address gets one that is nobody's (RFC 2606). */
function readPerson(fields: LineFields): PersonWrite {
  const id = fields.person("id");
  const name = fields.text("name").trim();
  if (name.length > MAX_NAME || !isName(name))
    throw new CommunityFault("invalid_name", `Expected name as 1 to ${MAX_NAME} characters of text`);
  const email = fields.get("email") ?? `${id.slice("usr_".length)}@imported.invalid`;
  if (typeof email !== "string" || email.length > MAX_EMAIL || !EMAIL.test(email))
    throw new CommunityFault("invalid_email", `Expected email as an address, not ${kindOf(email)}`);
  const image = fields.get("avatar_url") ?? null;
  const isImage = typeof image === "string" && image.length <= MAX_AVATAR && AVATAR.test(image);
  if (image !== null && !isImage)
    throw new CommunityFault(
      "invalid_avatar",
      `Expected avatar_url as an https address, not ${kindOf(image)}`,
    );
  const at = fields.time("at");
  return { kind: "person", id, name, sortName: sortNameOf(name), email: email.toLowerCase(), image, at };
}

function pairOf(fields: LineFields): { from: string; to: string } {
  const [from, to] = [fields.person("from"), fields.person("to")];
  if (from !== to) return { from, to };
  throw new CommunityFault("with_self", "Expected two people");
}

function readFriendship(fields: LineFields): FriendshipWrite {
  const state = fields.oneOf("state", ["friends", "asked"], "friends");
  return { kind: "friendship", ...pairOf(fields), state, at: fields.time("at") };
}

function readHiding(fields: LineFields): HidingWrite {
  const hiding = fields.oneOf("type", HIDING_KINDS);
  return { kind: "hiding", ...pairOf(fields), hiding, at: fields.time("at") };
}

function readPost(fields: LineFields): PostWrite {
  const at = fields.time("at");
  const id = fields.newPost(at);
  const authorId = fields.person("author");
  const given = fields.list("image_ids", MAX_POST_IMAGES, "invalid_images");
  const imageIds = given.map((image) => keyOf(image, "image_ids"));
  if (new Set(imageIds).size < imageIds.length)
    throw new CommunityFault("invalid_images", "Expected each image once");
  const read = readText(fields, MAX_POST_LENGTH);
  if (read.text === "" && imageIds.length === 0)
    throw new CommunityFault("invalid_text", "Expected text that can be seen, or an image");
  return { kind: "post", id, authorId, ...read, productId: productOf(fields), imageIds, at };
}

function productOf(fields: LineFields): string | null {
  const product = fields.get("product_id") ?? null;
  if (product === null || (typeof product === "string" && product.length <= PRODUCT_LIMITS.id))
    return product;
  throw new CommunityFault(
    "invalid_id",
    `Expected product_id as the id of a product, not ${kindOf(product)}`,
  );
}

function readLike(fields: LineFields): LikeWrite {
  return { kind: "like", postId: fields.post(), personId: fields.person("person"), at: fields.time("at") };
}

function readComment(fields: LineFields): CommentWrite {
  const at = fields.time("at");
  const id = fields.newComment(at);
  const [postId, authorId] = [fields.post(), fields.person("author")];
  const read = readText(fields, MAX_COMMENT_LENGTH);
  if (read.text === "") throw new CommunityFault("invalid_text", "Expected text that can be seen");
  return { kind: "comment", id, postId, authorId, ...read, at };
}

/** By the rules of the API's own verbs. */
function readText(fields: LineFields, maxLength: number): PostText {
  const mentions = fields.list("mentions", MAX_MENTIONS, "invalid_mentions").map(mentionOf);
  try {
    return readPostText(fields.text("text"), mentions, maxLength);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isMention = error.facts.errors?.some(({ path }) => path.startsWith("mentions"));
    throw new CommunityFault(isMention ? "invalid_mentions" : "invalid_text", error.facts.detail);
  }
}

function mentionOf(value: unknown): GivenMention {
  const isObject = typeof value === "object" && value !== null;
  const { from, to, user_id: user } = (isObject ? value : {}) as Record<string, unknown>;
  if (isOffset(from) && isOffset(to) && user !== undefined)
    return { from, to, userId: personIdOf(keyOf(user, "mentions")) };
  throw new CommunityFault("invalid_mentions", "Expected mentions as {from, to, user_id}");
}

function isOffset(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
