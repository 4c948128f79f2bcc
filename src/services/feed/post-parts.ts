import type { Generations } from "../../cache/generations.ts";
import { sha256HexOfShort } from "../../domain/digest.ts";
import type { AuthorRow, HydratedPost } from "../../db/queries/post-hydration.ts";
import type { FeedOutline, OutlinedPost, SharedPost } from "../../db/queries/feed-outline.ts";
import { toWirePost } from "../posts/wire-post.ts";

/**
 * How long a finished post is taken for what it is while nothing speaks against it. Its version tells of its text, counts and
 * comments, its product's of title, price and picture, its images are counted; of others' names and avatars nothing tells.
 */
const MAX_AGE_MS = 30_000;
/** The viewer's like in a post's JSON: within a string its quotes would be escaped. */
const NOT_LIKED = ',"liked":false';
const LIKED = ',"liked":true';
const OVERHEAD_BYTES = 400;
const DIGEST_DIGITS = 20;

/** A post as JSON, as it is for all who see it and hide none of its commentators. */
export interface PostText {
  /** For those who do not like it. */
  text: string;
  digest: string;
}

/** A finished post, and what it was made of. */
export interface PostPart extends PostText {
  version: number;
  productSeq: number | null;
  imageCount: number;
  people: readonly AuthorRow[];
  readAt: number;
}

export function postText(post: HydratedPost): PostText {
  const text = JSON.stringify(toWirePost(post, { liked: false, comments: post.comments }));
  return { text, digest: sha256HexOfShort(text).slice(0, DIGEST_DIGITS) };
}

export function withLike({ text }: PostText, liked: boolean): string {
  return liked ? text.replace(NOT_LIKED, LIKED) : text;
}

function peopleOf({ author, comments }: HydratedPost): AuthorRow[] {
  return [author, ...comments.map((comment) => comment.author)];
}

/** Finished posts of an isolate: of those who see a post, none learns from it what the database would not tell them. */
export class PostParts {
  readonly #kept: Generations<unknown>;
  readonly #now: number;

  constructor(kept: Generations<unknown>, now: number) {
    this.#kept = kept;
    this.#now = now;
  }

  /** `undefined` where it has to be read. */
  find(post: OutlinedPost, { viewer }: FeedOutline): PostPart | undefined {
    // Sound: nothing else is kept under the id of a post.
    const part = this.#kept.get(post.id) as PostPart | undefined;
    if (part === undefined || !isOf(post, part)) return undefined;
    const age = this.#now - part.readAt;
    const isOld = age > MAX_AGE_MS || age < -MAX_AGE_MS;
    return isOld || misnames(part, viewer) ? undefined : part;
  }

  keep(post: SharedPost): PostPart {
    const { version, productSeq, imageCount } = post;
    const made = { version, productSeq, imageCount, people: peopleOf(post), readAt: this.#now };
    const part = { ...postText(post), ...made };
    // A picture that is not ready may be so in a second.
    if (post.images.every(({ thumbhash }) => thumbhash !== null)) this.#kept.set(post.id, part, sizeOf(part));
    return part;
  }
}

/** Whether what was read still is what the outline has of the post. */
export function isOf(post: OutlinedPost, { version, productSeq, imageCount }: PostPart): boolean {
  return post.version === version && post.productSeq === productSeq && post.imageCount === imageCount;
}

function sizeOf({ text }: PostText): number {
  return text.length * 2 + OVERHEAD_BYTES;
}

/** Whether it has the viewer under a name or picture that they have changed. */
function misnames({ people }: PostPart, viewer: AuthorRow | null): boolean {
  if (viewer === null) return false;
  // Not `some`, which takes longer than all it asks, twenty times a page.
  for (const { id, name, image } of people)
    if (id === viewer.id && (name !== viewer.name || image !== viewer.image)) return true;
  return false;
}

/** Whether the viewer is to see other comments than those of the part. */
export function showsHidden({ people }: { people: readonly AuthorRow[] }, { hidden }: FeedOutline): boolean {
  if (hidden === null) return true;
  return hidden.size > 0 && people.some(({ id }) => hidden.has(id));
}
