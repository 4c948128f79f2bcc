import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const PERSON = /^usr_[0-9a-f]{32}$/;
const POST = /^post_[0-9a-f]{32}$/;
const COMMENT = /^comment_[0-9a-f]{32}$/;

/** Of a person: an id in our format as it is, and that of any other key, the same each time. */
export function personIdOf(given: string): string {
  return PERSON.test(given) ? given : `usr_${digestOf("person", given).slice(0, 32)}`;
}

/** The same of a post, whose time is a part of its id: posts are ordered by their ids. */
export function postIdOf(given: string, at: number): string {
  return POST.test(given) ? given : `post_${timed(digestOf("post", given), at)}`;
}

export function commentIdOf(given: string, at: number): string {
  return COMMENT.test(given) ? given : `comment_${timed(digestOf("comment", given), at)}`;
}

/** The milliseconds that an id of a post or a comment in our format begins with. */
export function timeOfId(id: string): number {
  const from = id.indexOf("_") + 1;
  return Number.parseInt(id.slice(from, from + 12), 16);
}

export function isPostId(given: string): boolean {
  return POST.test(given);
}

/** In the form of a UUIDv7. */
function timed(digest: string, at: number): string {
  return `${at.toString(16).padStart(12, "0")}7${digest.slice(0, 3)}8${digest.slice(3, 18)}`;
}

function digestOf(kind: string, key: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${kind}\n${key}`)));
}
