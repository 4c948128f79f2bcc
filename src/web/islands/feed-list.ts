import type { PostJson } from "../../services/posts/wire-post.ts";
import { postItem } from "./feed-cards.tsx";
import type { FeedFrame } from "./feed-frame.ts";

/** The posts that stand there: each once, the newest on top. The document is what is known of them. */
export class FeedList {
  readonly element: HTMLElement;
  readonly #frame: FeedFrame;
  readonly #empty: HTMLElement | null;
  /** Taken away by hand: an answer that was on its way brings none of them back. */
  readonly #removed = new Set<string>();
  #readUpTo: string;

  constructor(element: HTMLElement, frame: FeedFrame) {
    this.element = element;
    this.#frame = frame;
    this.#empty = document.getElementById("feed-empty");
    this.#readUpTo = newestOf(this.ids);
  }

  get ids(): string[] {
    return [...this.element.querySelectorAll<HTMLElement>(".post")]
      .map(({ dataset }) => dataset.post ?? "")
      .filter((id) => id.startsWith("post_"));
  }

  /** The newest that was read from the feed; own posts of later do not count, as others' may be between. Empty for none. */
  get readUpTo(): string {
    return this.#readUpTo;
  }

  item(id: string): HTMLElement | null {
    return this.element.querySelector(`[data-post="${CSS.escape(id)}"]`)?.closest("li") ?? null;
  }

  /** Older posts at the end; answers the items that are new. */
  append(posts: readonly PostJson[]): HTMLElement[] {
    const items = this.#newItems(posts);
    this.element.append(...items);
    this.#tidy();
    return items;
  }

  /** Newer posts in their places; what is seen stays where it is in the window. */
  insert(posts: readonly PostJson[]): HTMLElement[] {
    const items = this.#newItems(posts);
    this.#readUpTo = newestOf([this.#readUpTo, ...posts.map(({ id }) => id)]);
    this.#keepPlace(() => {
      for (const item of items.toReversed()) this.#put(item);
    });
    this.#tidy();
    return items;
  }

  /** In place of what stood for it. */
  replace(old: HTMLElement, post: PostJson): HTMLElement {
    this.item(post.id)?.remove();
    const made = postItem(post, this.#frame);
    old.replaceWith(made);
    this.#tidy();
    return made;
  }

  addOnTop(item: HTMLElement): void {
    this.element.prepend(item);
    this.#tidy();
  }

  remove(item: HTMLElement): void {
    const id = item.querySelector<HTMLElement>(".post")?.dataset.post;
    if (id !== undefined) this.#removed.add(id);
    item.remove();
    this.#tidy();
  }

  #newItems(posts: readonly PostJson[]): HTMLElement[] {
    const known = new Set([...this.ids, ...this.#removed]);
    return posts.filter(({ id }) => !known.has(id)).map((post) => postItem(post, this.#frame));
  }

  /** Above the first that is older; own posts may have come before those that others wrote meanwhile. */
  #put(item: HTMLElement): void {
    const id = idOf(item);
    const older = [...this.element.children].find((other) => {
      const otherId = idOf(other);
      return otherId !== "" && otherId < id;
    });
    if (older === undefined) this.element.append(item);
    else older.before(item);
  }

  #keepPlace(change: () => void): void {
    const read = [...this.element.children].find((item) => item.getBoundingClientRect().bottom > 0);
    const before = read?.getBoundingClientRect().top ?? 0;
    const { style } = document.documentElement;
    // Browsers that keep the place by themselves would do it a second time.
    style.overflowAnchor = "none";
    change();
    const isAtTop = before >= 0 && scrollY < innerHeight / 2;
    if (read !== undefined && !isAtTop)
      scrollBy({ top: read.getBoundingClientRect().top - before, behavior: "instant" });
    requestAnimationFrame(() => {
      style.overflowAnchor = "";
    });
  }

  #tidy(): void {
    if (this.#empty !== null) this.#empty.hidden = this.element.childElementCount > 0;
  }
}

/** Ids are in the order of time. */
function newestOf(ids: readonly string[]): string {
  return ids.reduce((newest, id) => (id > newest ? id : newest), "");
}

function idOf(item: Element): string {
  const id = item.querySelector<HTMLElement>(".post")?.dataset.post ?? "";
  return id.startsWith("post_") ? id : "";
}
