import { problemOf } from "../upload/problems.ts";
import { isSettled } from "../upload/wire.ts";
import type { WireImage } from "../upload/wire.ts";
import { announce } from "./announce.ts";
import { ImageFollower } from "./upload-follow.ts";
import { showEmpty, takeAway } from "./upload-gallery.ts";
import { UploadQueue } from "./upload-queue.ts";
import type { Hold, Upload } from "./upload-queue.ts";
import { sendFile } from "./upload-send.ts";
import { countsOf } from "./upload-summary.ts";
import type { Counts } from "./upload-summary.ts";
import { newTile, showImage, showPlaceholder, showUpload } from "./upload-tile.ts";

export interface SessionOptions {
  list: HTMLElement;
  /** Who owns what is uploaded: an organisation, or with an empty text the person. */
  org: string;
  onHold: (hold: Hold | null) => void;
  onCounts: (counts: Counts) => void;
}

/** The uploads of this page with their tiles: every file is one from the moment it is dropped, and stays where it is. */
export class UploadSession {
  readonly #options: SessionOptions;
  readonly #tiles = new Map<Upload, HTMLElement>();
  readonly #follower: ImageFollower;
  readonly #queue: UploadQueue;
  #isCounted = true;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#follower = new ImageFollower({
      onImage: (image) => this.#showImage(image),
      onGone: (id) => this.#tilesOf(id).forEach(takeAway),
      onSignedOut: () => this.#queue.holdBy("signed-out"),
    });
    this.#queue = new UploadQueue({
      send: (file, sending) => sendFile(file, options.org, sending),
      isOnline: () => navigator.onLine,
      onChange: (upload) => this.#showUpload(upload),
      onHold: options.onHold,
    });
  }

  get hold(): Hold | null {
    return this.#queue.hold;
  }

  get isSending(): boolean {
    return this.#queue.uploads.some(({ state: { kind } }) => kind === "waiting" || kind === "sending");
  }

  holdBy(hold: Hold): void {
    this.#queue.holdBy(hold);
  }

  resume(): void {
    this.#queue.resume();
    this.#follower.resume();
  }

  take(files: readonly File[]): void {
    if (files.length === 0) return;
    const tiles = this.#queue.add(files).map((upload) => {
      const tile = newTile(upload.file);
      this.#tiles.set(upload, tile);
      showUpload(tile, upload.state);
      return tile;
    });
    this.#options.list.prepend(...tiles);
    showEmpty(this.#options.list);
    this.#count();
    announce(files.length === 1 ? `${files[0]?.name} is added` : `${files.length} files are added`);
  }

  /** Tiles that the server drew: what is being made is followed. */
  adopt(tiles: readonly HTMLElement[]): void {
    for (const tile of tiles) if (tile.dataset.state === "ready") showPlaceholder(tile);
    const making = tiles.filter(({ dataset }) => dataset.state === "making");
    this.#follower.follow(making.flatMap(({ dataset }) => dataset.image ?? []));
  }

  cancel(tile: HTMLElement): void {
    const upload = this.#uploadOf(tile);
    if (upload !== undefined) this.#queue.cancel(upload);
  }

  /** From the last: what has not begun must not begin in the place of what ends. */
  cancelAll(): void {
    for (const upload of this.#queue.uploads.toReversed()) this.#queue.cancel(upload);
  }

  retry(tile: HTMLElement): void {
    const upload = this.#uploadOf(tile);
    if (upload !== undefined) this.#retry(upload);
  }

  /** All that failed for a reason that may have passed. */
  retryAll(): void {
    for (const [upload, { dataset }] of this.#tiles)
      if (dataset.state === "failed" && dataset.passing !== undefined) this.#retry(upload);
  }

  /** No longer counted: its tile goes. */
  forget(tile: HTMLElement): void {
    const upload = this.#uploadOf(tile);
    if (upload !== undefined) {
      this.#queue.forget(upload);
      this.#tiles.delete(upload);
    }
    this.#follower.forget(tile.dataset.image ?? "");
    this.#count();
  }

  #retry(upload: Upload): void {
    const tile = this.#tiles.get(upload);
    if (tile !== undefined) delete tile.dataset.image;
    this.#queue.retry(upload);
  }

  #showUpload(upload: Upload): void {
    const tile = this.#tiles.get(upload);
    if (tile === undefined) return;
    const { state } = upload;
    showUpload(tile, state);
    if (state.kind === "failed") announce(`${upload.file.name}: ${problemOf(state.code).title}`);
    if (state.kind === "taken") {
      // The same bytes are the same image: its earlier tile gives way.
      const { id } = state.image;
      for (const other of this.#tilesOf(id)) if (other !== tile) other.remove();
      if (!isSettled(state.image)) this.#follower.follow([id]);
    }
    this.#count();
  }

  #showImage(image: WireImage): void {
    for (const upload of this.#queue.uploads)
      if (upload.state.kind === "taken" && upload.state.image.id === image.id)
        upload.state = { kind: "taken", image };
    for (const tile of this.#tilesOf(image.id)) showImage(tile, image);
    if (image.status === "failed")
      announce(`${image.file_name ?? "A picture"}: ${problemOf(image.error?.code ?? "").title}`);
    this.#count();
  }

  #tilesOf(id: string): HTMLElement[] {
    return [...this.#options.list.querySelectorAll<HTMLElement>(`[data-image="${CSS.escape(id)}"]`)];
  }

  #uploadOf(tile: HTMLElement): Upload | undefined {
    return [...this.#tiles].find(([, other]) => other === tile)?.[0];
  }

  // Progress comes many times a frame.
  #count(): void {
    if (!this.#isCounted) return;
    this.#isCounted = false;
    requestAnimationFrame(() => {
      this.#isCounted = true;
      this.#options.onCounts(countsOf(this.#queue.uploads));
    });
  }
}
