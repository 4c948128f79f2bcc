import { formatCount } from "../price.ts";
import { announce } from "./announce.ts";
import { ask, failureFrom, postPath } from "./feed-api.ts";
import type { FeedFrame } from "./feed-frame.ts";

interface LikeState {
  liked: boolean;
  like_count: number;
}

/** What the service said last, while something else is shown. */
const known = new WeakMap<HTMLElement, LikeState>();

/** A like shows at once; what the service says stands in the end, also where it says no. */
export async function toggleLike(post: HTMLElement, frame: FeedFrame): Promise<void> {
  const shown = shownState(post);
  const isUnderWay = known.has(post);
  const liked = !shown.liked;
  show(post, { liked, like_count: Math.max(0, shown.like_count + (liked ? 1 : -1)) });
  if (isUnderWay) return;
  known.set(post, shown);
  await settle(post, frame);
  known.delete(post);
}

/** Asks until the service has what is shown: it may have been pressed again meanwhile. */
async function settle(post: HTMLElement, frame: FeedFrame): Promise<void> {
  for (;;) {
    const { liked } = shownState(post);
    const method = liked ? "PUT" : "DELETE";
    try {
      const state = await ask<LikeState>(`${method} ${postPath(post.dataset.post ?? "", "/like")}`);
      known.set(post, state);
      if (shownState(post).liked !== liked) continue;
      show(post, state);
      return announce(liked ? "Liked" : "Like taken back");
    } catch (error) {
      const state = known.get(post);
      if (state !== undefined) show(post, state);
      return frame.fail(liked ? "Your like was not kept." : "Your like is still there.", failureFrom(error));
    }
  }
}

function shownState(post: HTMLElement): LikeState {
  const button = post.querySelector(".like-button");
  const count = post.querySelector<HTMLElement>("[data-like-count]")?.dataset.likeCount;
  return { liked: button?.ariaPressed === "true", like_count: Number(count ?? 0) };
}

function show(post: HTMLElement, { liked, like_count: likes }: LikeState): void {
  const button = post.querySelector<HTMLButtonElement>(".like-button");
  const count = post.querySelector<HTMLElement>("[data-like-count]");
  if (button === null || count === null) return;
  button.ariaPressed = String(liked);
  button.value = liked ? "unlike" : "like";
  count.dataset.likeCount = String(likes);
  count.textContent = likes === 0 ? "" : formatCount(likes);
}
