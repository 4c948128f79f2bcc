import { announce } from "./announce.ts";
import { ask, failureFrom } from "./feed-api.ts";
import type { PostPage } from "./feed-api.ts";
import type { FeedFrame } from "./feed-frame.ts";
import type { FeedList } from "./feed-list.ts";

const PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;
/** Older posts are asked for before the reader is at the end. */
const AHEAD = "1200px";

type Part = "older" | "loading" | "failed" | "all";
const PARTS: readonly Part[] = ["older", "loading", "failed", "all"];

/** Older posts come by themselves as one reads on, and by the link that stands there without script, too. */
export class Scroll {
  readonly #end: HTMLElement;
  readonly #list: FeedList;
  readonly #frame: FeedFrame;
  readonly #watcher: IntersectionObserver;
  #running: Promise<boolean> | null = null;
  #hasFailed = false;

  constructor(end: HTMLElement, list: FeedList, frame: FeedFrame) {
    this.#end = end;
    this.#list = list;
    this.#frame = frame;
    this.#watcher = new IntersectionObserver(([entry]) => this.#look(entry?.isIntersecting === true), {
      rootMargin: `0px 0px ${AHEAD}`,
    });
    this.#watcher.observe(end);
    frame.onResume(() => {
      this.#hasFailed = false;
      if (end.dataset.cursor !== undefined) this.#show("older");
      this.#lookAgain();
    });
    end.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (!target?.closest("[data-part=older] a, [data-act=retry-older]")) return;
      event.preventDefault();
      void this.#loadByHand();
    });
  }

  /** Loads until a post stands there, or the end is reached, or nothing comes. */
  async loadUntil(id: string): Promise<void> {
    while (this.#list.item(id) === null && (await this.#load(MAX_PAGE_SIZE)));
  }

  #look(isNear: boolean): void {
    if (!isNear || this.#hasFailed || this.#frame.isHeld()) return;
    // Where a page of short posts does not fill the window, the end is still in sight.
    void this.#load().then((hasMore) => hasMore && this.#lookAgain());
  }

  #lookAgain(): void {
    this.#watcher.unobserve(this.#end);
    this.#watcher.observe(this.#end);
  }

  /** The focus goes on to the first of them. */
  async #loadByHand(): Promise<void> {
    const last = this.#list.element.lastElementChild;
    if (!(await this.#load())) return;
    const first = last === null ? this.#list.element.firstElementChild : last.nextElementSibling;
    first?.querySelector<HTMLElement>(".post")?.focus({ preventScroll: true });
    this.#lookAgain();
  }

  /** One page; false where there is none, or it did not come. */
  #load(limit = PAGE_SIZE): Promise<boolean> {
    this.#running ??= this.#loadPage(limit).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #loadPage(limit: number): Promise<boolean> {
    const { cursor } = this.#end.dataset;
    if (cursor === undefined) return false;
    this.#show("loading");
    try {
      const query = new URLSearchParams({ limit: String(limit), cursor });
      const page = await ask<PostPage>(`GET /v1/feed?${query}`);
      const made = this.#list.append(page.items);
      this.#hasFailed = false;
      this.#setCursor(page.next_cursor);
      announce(page.next_cursor === null ? "All posts are loaded" : `${made.length} older posts`);
      return true;
    } catch (error) {
      const failure = failureFrom(error);
      this.#hasFailed = true;
      this.#show("failed", `Older posts did not come. ${failure.words}`);
      if (failure.kind === "signed-out" || failure.kind === "offline")
        this.#frame.fail("Older posts did not come.", failure);
      return false;
    }
  }

  #setCursor(cursor: string | null): void {
    if (cursor === null) delete this.#end.dataset.cursor;
    else {
      this.#end.dataset.cursor = cursor;
      this.#part("older")
        ?.querySelector("a")
        ?.setAttribute("href", `/feed?${new URLSearchParams({ cursor })}`);
    }
    this.#show(cursor === null ? "all" : "older");
  }

  #show(name: Part, why = ""): void {
    for (const other of PARTS) {
      const part = this.#part(other);
      if (part !== null) part.hidden = other !== name;
    }
    const text = this.#part("why");
    if (text !== null) text.textContent = why;
  }

  #part(name: Part | "why"): HTMLElement | null {
    return this.#end.querySelector(`[data-part=${name}]`);
  }
}
