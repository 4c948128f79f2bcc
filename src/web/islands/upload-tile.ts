import { VARIANTS } from "../../domain/image.ts";
import { dimensionsText, factsText, nameOf, sizeText } from "../upload/figures.ts";
import { problemOf } from "../upload/problems.ts";
import type { WireImage } from "../upload/wire.ts";
import { drawPlaceholder } from "./upload-placeholder.ts";
import type { UploadState } from "./upload-queue.ts";

/** Fills a tile that the server drew, or that is made of its pattern (`upload/picture-tile.tsx`). */

export function newTile(file: File): HTMLElement {
  const pattern = document.getElementById("tile");
  const tile = pattern instanceof HTMLTemplateElement ? pattern.content.firstElementChild : null;
  if (tile === null) throw new Error("The page has no pattern of a tile");
  const made = document.importNode(tile, true) as HTMLElement;
  made.dataset.new = "";
  made.tabIndex = -1;
  showName(made, file.name);
  part(made, "facts").textContent = sizeText(file.size);
  return made;
}

/** An upload on its way. */
export function showUpload(tile: HTMLElement, state: UploadState): void {
  const progress = part(tile, "progress") as HTMLProgressElement;
  const status = part(tile, "status");
  delete tile.dataset.passing;
  switch (state.kind) {
    case "waiting":
      progress.value = 0;
      status.textContent = "Waiting";
      tile.dataset.state = "waiting";
      return;
    case "sending": {
      const percent = Math.floor(state.share * 100);
      progress.value = percent;
      status.textContent = percent === 100 ? "Arriving…" : `Uploading, ${percent} %`;
      tile.dataset.state = "sending";
      return;
    }
    case "taken":
      return showImage(tile, state.image);
    case "failed":
      return showProblem(tile, state);
    case "cancelled":
      part(tile, "problem").textContent = "Cancelled";
      part(tile, "remedy").textContent = "It was not uploaded.";
      tile.dataset.state = "cancelled";
      return;
    default:
      state satisfies never;
  }
}

/** What the service tells of an image. */
export function showImage(tile: HTMLElement, image: WireImage): void {
  tile.dataset.image = image.id;
  showName(tile, nameOf(image));
  const href = `/upload/${encodeURIComponent(image.id)}`;
  for (const link of [part(tile, "name"), act(tile, "delete")]) link.setAttribute("href", href);
  part(tile, "facts").textContent = factsText(image);
  if (image.status === "failed") return showProblem(tile, image.error ?? { code: "internal", detail: "" });
  if (image.status !== "ready" || image.variants === null) return showMaking(tile);
  showPlaceholder(tile, image.thumbhash);
  part(tile, "open").setAttribute("href", image.url.large);
  const picture = part(tile, "picture") as HTMLImageElement;
  const { url, width, height } = image.variants.medium;
  Object.assign(picture, { width, height, src: url });
  for (const variant of VARIANTS) {
    const link = tile.querySelector(`[data-variant="${variant}"]`);
    const size = link?.querySelector("[data-size]");
    const made = image.variants[variant];
    link?.setAttribute("href", image.url[variant]);
    if (size) size.textContent = `${dimensionsText(made)}, ${sizeText(made.bytes)}`;
  }
  tile.dataset.state = "ready";
}

/** Of a tile that the server drew. */
export function showPlaceholder(tile: HTMLElement, hash: string | null = null): void {
  const canvas = part(tile, "placeholder") as HTMLCanvasElement;
  const picture = part(tile, "picture") as HTMLImageElement;
  const thumbhash = hash ?? canvas.dataset.thumbhash;
  if (thumbhash === undefined || (picture.complete && picture.naturalWidth > 0)) return;
  drawPlaceholder(canvas, thumbhash);
  // A transparent picture would let it show.
  picture.addEventListener("load", () => (canvas.hidden = true), { once: true });
}

function showMaking(tile: HTMLElement): void {
  part(tile, "progress").removeAttribute("value");
  part(tile, "status").textContent = "Making pictures…";
  tile.dataset.state = "making";
}

function showProblem(tile: HTMLElement, { code, detail }: { code: string; detail: string }): void {
  const { title, text, isPassing } = problemOf(code, detail);
  part(tile, "problem").textContent = title;
  part(tile, "remedy").textContent = text;
  tile.toggleAttribute("data-passing", isPassing);
  tile.dataset.state = "failed";
}

function showName(tile: HTMLElement, name: string): void {
  part(tile, "name").textContent = name;
  part(tile, "open").ariaLabel = `Open ${name}`;
  part(tile, "progress").ariaLabel = `Progress of ${name}`;
  for (const control of tile.querySelectorAll<HTMLElement>("[data-act]")) {
    control.ariaLabel = `${control.textContent?.trim()}: ${name}`;
  }
}

export function act(tile: HTMLElement, name: string): HTMLElement {
  return one(tile, `[data-act="${name}"]`);
}

export function part(tile: HTMLElement, name: string): HTMLElement {
  return one(tile, `[data-part="${name}"]`);
}

function one(tile: HTMLElement, selector: string): HTMLElement {
  const found = tile.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}`);
  return found;
}
