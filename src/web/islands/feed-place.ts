import type { FeedFrame } from "./feed-frame.ts";
import type { FeedList } from "./feed-list.ts";
import type { Scroll } from "./feed-scroll.ts";

const KEY = "vitrine.feed.place";

interface Place {
  user: string;
  /** Path and query of the page. */
  path: string;
  /** The post that was read, and how far below the window's upper edge it began, in pixels. */
  post: string;
  top: number;
}

/** Who comes back to the feed finds what was read where it was, also where the browser has not kept the page. */
export function keepReadingPlace(list: FeedList, scroll: Scroll, frame: FeedFrame): void {
  const path = location.pathname + location.search;
  addEventListener("pagehide", () => {
    const read = [...list.element.querySelectorAll<HTMLElement>(".post")].find(
      (post) => post.getBoundingClientRect().bottom > 0,
    );
    const post = read?.dataset.post;
    if (read === undefined || post === undefined) return;
    const place: Place = { user: frame.viewer.id, path, post, top: read.getBoundingClientRect().top };
    keep(scrollY === 0 ? null : place);
  });
  const place = kept();
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (place === null || navigation?.type !== "back_forward") return;
  if (place.user === frame.viewer.id && place.path === path) void goBack(place, list, scroll);
}

async function goBack(place: Place, list: FeedList, scroll: Scroll): Promise<void> {
  history.scrollRestoration = "manual";
  // Who begins to read meanwhile is not torn away.
  let hasMoved = false;
  const moved = () => (hasMoved = true);
  for (const kind of ["wheel", "touchmove", "keydown"])
    addEventListener(kind, moved, { once: true, passive: true });
  await scroll.loadUntil(place.post);
  const post = list.item(place.post)?.querySelector(".post");
  if (post && !hasMoved) scrollBy({ top: post.getBoundingClientRect().top - place.top, behavior: "instant" });
  history.scrollRestoration = "auto";
}

function keep(place: Place | null): void {
  try {
    if (place === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // Without storage the page begins at its top.
  }
}

function kept(): Place | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Place | null; // Written by this page alone.
  } catch {
    return null;
  }
}
