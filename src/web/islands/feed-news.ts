import type { PostJson } from "../../services/posts/wire-post.ts";
import { announce } from "./announce.ts";
import { ask, failureFrom } from "./feed-api.ts";
import type { PostPage } from "./feed-api.ts";
import type { FeedFrame } from "./feed-frame.ts";
import type { FeedList } from "./feed-list.ts";
import { followNewPosts } from "./feed-live.ts";

const PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** Says how many posts are new, and puts them on top when it is pressed; until then nothing that is read changes. */
export function offerNewPosts(box: HTMLElement, list: FeedList, frame: FeedFrame): void {
  const button = box.querySelector("button");
  if (button === null) return;
  const live = followNewPosts(
    () => list.readUpTo,
    frame,
    ({ new_posts: count, is_more: isMore }) => {
      const text = count === 1 ? "1 new post" : `${count}${isMore ? "+" : ""} new posts`;
      const isNews = count > 0 && (box.hidden || button.textContent !== text);
      box.hidden = count === 0;
      button.textContent = text;
      if (isNews) announce(text);
    },
  );

  button.addEventListener("click", () => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    void show().finally(() => {
      button.ariaBusy = null;
      live.restart();
    });
  });

  async function show(): Promise<void> {
    try {
      const posts = await newerThan(list.readUpTo);
      const items = list.insert(posts);
      box.hidden = true;
      for (const item of items) item.querySelector<HTMLElement>(".post")?.setAttribute("data-new", "");
      const first = items[0]?.querySelector<HTMLElement>(".post");
      first?.focus({ preventScroll: true });
      first?.scrollIntoView({ block: "start", behavior: motion() });
      announce(items.length === 1 ? "1 new post on top" : `${items.length} new posts on top`);
    } catch (error) {
      frame.fail("New posts did not come.", failureFrom(error));
    }
  }
}

/** The posts above one, the newest first, however many there are. */
async function newerThan(known: string): Promise<PostJson[]> {
  const posts: PostJson[] = [];
  let query = new URLSearchParams({ limit: String(PAGE_SIZE) });
  for (;;) {
    const page = await ask<PostPage>(`GET /v1/feed?${query}`, { isFresh: true });
    posts.push(...page.items.filter(({ id }) => id > known));
    if (page.next_cursor === null || page.items.some(({ id }) => id <= known)) return posts;
    query = new URLSearchParams({ limit: String(MAX_PAGE_SIZE), cursor: page.next_cursor });
  }
}

function motion(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
