import type { DraftPicture, DraftProduct } from "../feed/draft.ts";
import { Attachments } from "./feed-attachments.ts";
import { composerParts } from "./feed-composer-parts.ts";
import type { ComposerParts } from "./feed-composer-parts.ts";
import type { FeedFrame } from "./feed-frame.ts";
import type { FeedList } from "./feed-list.ts";
import { offerFriends } from "./feed-mentions.ts";
import type { Mentions } from "./feed-mentions.ts";
import { createOutbox } from "./feed-outbox.tsx";
import type { Outbox } from "./feed-outbox.tsx";
import { ProductChoice } from "./feed-product.tsx";
import { UnsentStore } from "./feed-unsent.ts";
import type { Writing } from "./feed-unsent.ts";
import { takeFiles } from "./upload-intake.ts";

const NOTHING: Writing = { text: "", named: [], product: null, pictures: [] };
/** So near to the end it is said how much room is left. */
const COUNTED_FROM = 500;

/** Writes posts: what stands in the form is kept over a reload, and goes to the feed at once when it is sent. */
export function startComposer(list: FeedList, frame: FeedFrame): void {
  const parts = composerParts();
  if (parts !== null) new Composer(parts, list, frame).start();
}

class Composer {
  readonly #parts: ComposerParts;
  readonly #store: UnsentStore;
  readonly #mentions: Mentions;
  readonly #product: ProductChoice;
  readonly #attachments: Attachments;
  readonly #outbox: Outbox;
  /** Sent before its pictures had arrived: it goes once they have. */
  #isWaiting = false;

  constructor(parts: ComposerParts, list: FeedList, frame: FeedFrame) {
    this.#parts = parts;
    this.#store = new UnsentStore(frame.viewer.id);
    this.#mentions = offerFriends(parts.field, parts.people);
    this.#product = new ProductChoice(parts.product, () => this.#changed());
    const fromServer = writingOf(parts);
    this.#attachments = new Attachments(parts.tiles, frame, () => this.#changed());
    const store = this.#store;
    this.#outbox = createOutbox({ list, frame, store, edit: (post) => this.#edit(post) });
    // What came back with a form that was refused is newer than what was kept.
    this.#fill(isEmpty(fromServer) ? (store.writing ?? NOTHING) : fromServer);
  }

  start(): void {
    const { form, field, files } = this.#parts;
    takeFiles(form, files, (chosen) => this.#attachments.add(chosen));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    field.addEventListener("input", () => {
      this.#say("");
      this.#changed();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit();
    });
  }

  get #writing(): Writing {
    return {
      text: this.#parts.field.value,
      named: this.#mentions.named(),
      product: this.#product.chosen,
      pictures: this.#attachments.pictures,
    };
  }

  #changed(): void {
    const writing = this.#writing;
    this.#store.keepWriting(isEmpty(writing) ? null : writing);
    this.#showCount();
    if (this.#isWaiting && this.#attachments.state !== "sending") this.#submit();
  }

  #fill({ text, named, product, pictures }: Writing): void {
    this.#parts.field.value = text;
    this.#mentions.set(named);
    this.#product.set(product);
    this.#attachments.set(pictures);
    this.#changed();
  }

  #submit(): void {
    this.#wait(false);
    const problem = this.#problem();
    this.#say(problem ?? "");
    if (problem !== null) return this.#parts.field.focus();
    if (this.#attachments.state === "sending") return this.#wait(true);
    const writing = this.#writing;
    this.#fill(NOTHING);
    this.#outbox.send({ ...writing, text: writing.text.trim(), key: crypto.randomUUID() });
  }

  #problem(): string | null {
    const { text } = this.#writing;
    const { state, pictures } = this.#attachments;
    const over = lengthOf(text.trim()) - this.#maxLength;
    if (over > 0) return `The text is ${over} ${over === 1 ? "character" : "characters"} too long.`;
    if (state === "failed") return "A picture did not arrive: try it again, or remove it.";
    const isEmptyPost = text.trim() === "" && pictures.length === 0 && state === "ready";
    return isEmptyPost ? "Write something, or add a picture." : null;
  }

  /** Puts a post back that was not taken, where nothing else stands. */
  #edit(post: Writing): boolean {
    if (!isEmpty(this.#writing)) {
      this.#say("Post or clear what stands here first.");
      this.#parts.field.focus();
      return false;
    }
    this.#fill(post);
    return true;
  }

  #wait(waits: boolean): void {
    this.#isWaiting = waits;
    this.#parts.send.textContent = waits ? "Waiting for pictures…" : "Post";
  }

  #say(text: string): void {
    this.#parts.error.textContent = text;
    this.#parts.field.ariaInvalid = text === "" ? null : "true";
  }

  get #maxLength(): number {
    return Number(this.#parts.count.dataset.max);
  }

  #showCount(): void {
    const { count, field } = this.#parts;
    const left = this.#maxLength - lengthOf(field.value);
    count.textContent = left > COUNTED_FROM ? "" : left >= 0 ? `${left} left` : `${-left} too many`;
    count.toggleAttribute("data-over", left < 0);
  }
}

/** What a browser wrote before the script was there, or a form brought back. */
function writingOf({ form, field }: ComposerParts): Writing {
  const kept = [...form.querySelectorAll<HTMLElement>("[data-picture-id]")];
  const product = form.querySelector<HTMLElement>("[data-product]")?.dataset.product;
  return {
    ...NOTHING,
    text: field.value,
    pictures: kept.map(({ dataset }) => pictureOf(dataset.pictureId ?? "")),
    product: product === undefined ? null : (JSON.parse(product) as DraftProduct), // Our own server's.
  };
}

function pictureOf(id: string): DraftPicture {
  return { id, url: { thumb: `/i/${id}/thumb`, medium: `/i/${id}/medium`, large: `/i/${id}/large` } };
}

function isEmpty({ text, product, pictures }: Writing): boolean {
  return text.trim() === "" && product === null && pictures.length === 0;
}

/** In code points, as the service counts. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
