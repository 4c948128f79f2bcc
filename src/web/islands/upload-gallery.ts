import { announce } from "./announce.ts";
import { part } from "./upload-tile.ts";

/** The tiles of the page, and what can be done with each by hand. */
export interface GalleryOptions {
  /** Tiles of an earlier page, just shown. */
  onEarlier: (tiles: readonly HTMLElement[]) => void;
  onDeleted: (tile: HTMLElement) => void;
}

export function createGallery(list: HTMLElement, options: GalleryOptions): void {
  const question = document.getElementById("delete");
  let asked: HTMLElement | null = null;
  list.addEventListener("click", (event) => {
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act]") : null;
    const tile = control?.closest<HTMLElement>(".tile") ?? null;
    if (control === null || tile === null) return;
    if (control.dataset.act === "copy") void copyLink(tile, control);
    if (control.dataset.act !== "delete" || question === null) return;
    event.preventDefault();
    asked = tile;
    part(question, "delete-name").textContent = nameOf(tile);
    question.showPopover();
  });
  question?.querySelector("[data-act=delete-now]")?.addEventListener("click", () => {
    question.hidePopover();
    if (asked !== null) void remove(asked, options);
  });
  document.getElementById("more")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null) return;
    event.preventDefault();
    void showMore(list, link, options);
  });
}

/** Takes a tile out of the list; the focus stays near. */
export function takeAway(tile: HTMLElement): void {
  const near = tile.nextElementSibling ?? tile.previousElementSibling;
  const hadFocus = tile.contains(document.activeElement) || document.activeElement === document.body;
  const list = tile.parentElement;
  tile.remove();
  if (list !== null) showEmpty(list);
  if (!hadFocus) return;
  const next = near?.querySelector<HTMLElement>("[data-part=name][href]");
  (next ?? document.getElementById("pictures-title"))?.focus();
}

export function showEmpty(list: HTMLElement): void {
  const empty = document.getElementById("empty");
  if (empty !== null) empty.hidden = list.childElementCount > 0;
}

export function nameOf(tile: HTMLElement): string {
  return part(tile, "name").textContent?.trim() ?? "";
}

const REFUSALS: ReadonlyMap<number, string> = new Map([
  [401, "Sign in first"],
  [403, "Not allowed"],
  [409, "Products show it"],
]);

async function remove(tile: HTMLElement, { onDeleted }: GalleryOptions): Promise<void> {
  const id = tile.dataset.image ?? "";
  tile.setAttribute("aria-busy", "true");
  const answer = await fetch(`/v1/images/${encodeURIComponent(id)}`, { method: "DELETE" }).catch(() => null);
  tile.removeAttribute("aria-busy");
  // Another page may have been faster.
  if (answer !== null && (answer.ok || answer.status === 404)) {
    onDeleted(tile);
    announce(`${nameOf(tile)} is deleted`);
    return takeAway(tile);
  }
  const why = REFUSALS.get(answer?.status ?? 0) ?? "Try again";
  announce(`${nameOf(tile)} could not be deleted. ${why}`);
  const control = tile.querySelector<HTMLElement>("[data-act=delete]");
  if (control !== null) sayFor(control, why);
}

async function copyLink(tile: HTMLElement, button: HTMLElement): Promise<void> {
  const href = part(tile, "open").getAttribute("href") ?? "";
  try {
    await navigator.clipboard.writeText(new URL(href, location.href).href);
    sayFor(button, "Copied");
    announce(`Link of ${nameOf(tile)} copied`);
  } catch {
    sayFor(button, "Not allowed");
    announce("The browser does not allow copying: take the link Large");
  }
}

const SAID_MS = 2_500;
const first = new WeakMap<HTMLElement, string>();

/** For a moment, in the control's own place. */
function sayFor(control: HTMLElement, text: string): void {
  const word = first.get(control) ?? control.textContent ?? "";
  first.set(control, word);
  control.textContent = text;
  setTimeout(() => (control.textContent = word), SAID_MS);
}

/** The page of the link has them drawn already. */
async function showMore(
  list: HTMLElement,
  link: HTMLAnchorElement,
  { onEarlier }: GalleryOptions,
): Promise<void> {
  const more = document.getElementById("more");
  if (more === null || more.ariaBusy === "true") return;
  more.ariaBusy = "true";
  try {
    const answer = await fetch(link.href);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const known = new Set([...list.children].map((tile) => (tile as HTMLElement).dataset.image));
    const tiles = [...page.querySelectorAll<HTMLElement>("#tiles > .tile")]
      .filter((tile) => !known.has(tile.dataset.image))
      .map((tile) => document.adoptNode(tile));
    list.append(...tiles);
    more.replaceChildren(...(page.getElementById("more")?.childNodes ?? []));
    onEarlier(tiles);
    tiles[0]?.querySelector<HTMLElement>("[data-part=name]")?.focus({ preventScroll: true });
    announce(`${tiles.length} more`);
  } catch {
    location.href = link.href;
  } finally {
    more.ariaBusy = null;
  }
}
