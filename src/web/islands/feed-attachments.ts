import { MAX_POST_IMAGES } from "../../domain/post.ts";
import type { DraftPicture } from "../feed/draft.ts";
import { problemOf } from "../upload/problems.ts";
import { announce } from "./announce.ts";
import { FeedFailure } from "./feed-api.ts";
import { newAttachment, showAttachment } from "./feed-attachment-tile.tsx";
import { toast } from "./feed-frame.ts";
import type { FeedFrame } from "./feed-frame.ts";
import { UploadQueue } from "./upload-queue.ts";
import type { Hold, Upload } from "./upload-queue.ts";
import { sendFile } from "./upload-send.ts";

interface One {
  tile: HTMLElement;
  /** What the service has of it. */
  picture: DraftPicture | null;
  upload: Upload | null;
}

/** The pictures of the post that is being written, in their order. */
export class Attachments {
  readonly #list: HTMLElement;
  readonly #frame: FeedFrame;
  readonly #onChange: () => void;
  readonly #queue: UploadQueue;
  #all: One[] = [];

  constructor(list: HTMLElement, frame: FeedFrame, onChange: () => void) {
    this.#list = list;
    this.#frame = frame;
    this.#onChange = onChange;
    this.#queue = new UploadQueue({
      send: (file, sending) => sendFile(file, "", sending),
      isOnline: () => navigator.onLine,
      onChange: (upload) => this.#follow(upload),
      onHold: (hold) => this.#say(hold),
    });
    frame.onResume(() => this.#queue.resume());
    list.addEventListener("click", (event) => this.#act(event));
  }

  get pictures(): readonly DraftPicture[] {
    return this.#all.flatMap(({ picture }) => (picture === null ? [] : [picture]));
  }

  /** Whether some are on their way, or one did not arrive. */
  get state(): "ready" | "sending" | "failed" {
    if (this.#all.some(({ upload }) => upload?.state.kind === "failed")) return "failed";
    return this.#all.some(({ picture }) => picture === null) ? "sending" : "ready";
  }

  add(files: readonly File[]): void {
    const room = Math.max(0, MAX_POST_IMAGES - this.#all.length);
    const left = files.length - room;
    if (left > 0) toast(`A post has up to ${MAX_POST_IMAGES} pictures: ${left} left out.`);
    for (const upload of this.#queue.add(files.slice(0, room))) {
      const tile = newAttachment(upload.file.name);
      this.#all.push({ tile, picture: null, upload });
      this.#list.append(tile);
      showAttachment(tile, upload.state);
    }
    this.#onChange();
  }

  /** In place of all that stand there. */
  set(pictures: readonly DraftPicture[]): void {
    for (const { upload } of this.#all) if (upload !== null) this.#queue.cancel(upload);
    this.#all = pictures.map((picture) => {
      const tile = newAttachment("picture");
      showAttachment(tile, { kind: "taken", image: picture });
      return { tile, picture, upload: null };
    });
    this.#list.replaceChildren(...this.#all.map(({ tile }) => tile));
  }

  #follow(upload: Upload): void {
    const one = this.#all.find((other) => other.upload === upload);
    if (one === undefined) return;
    const { state } = upload;
    showAttachment(one.tile, state);
    if (state.kind === "failed") {
      const { title, text } = problemOf(state.code, state.detail);
      toast(`${upload.file.name}: ${title}. ${text}`);
    }
    if (state.kind === "taken") {
      const { id, url, width, height } = state.image;
      // The same bytes are the same picture, which a post has once.
      if (this.pictures.some((picture) => picture.id === id)) this.#takeAway(one);
      else one.picture = { id, url, width, height };
    }
    this.#onChange();
  }

  #say(hold: Hold | null): void {
    if (hold === "signed-out") this.#frame.fail("The pictures wait.", new FeedFailure("signed-out"));
    if (hold === "offline") this.#frame.fail("The pictures wait.", new FeedFailure("offline"));
    if (hold === "waiting") toast("Many pictures in a short time: the rest goes on by itself in a moment.");
  }

  #act({ target }: Event): void {
    const control = target instanceof Element ? target.closest<HTMLElement>("[data-act]") : null;
    const one = this.#all.find(({ tile }) => control !== null && tile.contains(control));
    if (one === undefined) return;
    switch (control?.dataset.act) {
      case "remove":
        return this.#takeAway(one);
      case "earlier":
        return this.#move(one, -1);
      case "later":
        return this.#move(one, 1);
      case "retry":
        return one.upload === null ? undefined : this.#queue.retry(one.upload);
      default:
    }
  }

  #takeAway(one: One): void {
    if (one.upload !== null) {
      this.#queue.cancel(one.upload);
      this.#queue.forget(one.upload);
    }
    const near = one.tile.nextElementSibling ?? one.tile.previousElementSibling;
    const hadFocus = one.tile.contains(document.activeElement);
    this.#all = this.#all.filter((other) => other !== one);
    one.tile.remove();
    const next =
      near?.querySelector<HTMLElement>("[data-act=remove]") ?? document.getElementById("post-files");
    if (hadFocus) next?.focus();
    this.#onChange();
  }

  #move(one: One, by: 1 | -1): void {
    const from = this.#all.indexOf(one);
    const other = this.#all[from + by];
    if (other === undefined) return;
    this.#all = this.#all.with(from, other).with(from + by, one);
    if (by < 0) other.tile.before(one.tile);
    else other.tile.after(one.tile);
    one.tile.querySelector<HTMLElement>(`[data-act=${by < 0 ? "earlier" : "later"}]`)?.focus();
    announce(`Picture ${from + by + 1} of ${this.#all.length}`);
    this.#onChange();
  }
}
