import { agoText } from "../feed/when.tsx";
import { drawPlaceholder } from "./upload-placeholder.ts";

const MINUTE_MS = 60_000;
const FIRST_RETRY_MS = 1_500;
const MAX_RETRIES = 4;

/** What new cards need before they are seen: the blurred colours of their pictures. */
export function look(within: ParentNode): void {
  for (const canvas of within.querySelectorAll<HTMLCanvasElement>("canvas[data-thumbhash]")) {
    const picture = canvas.nextElementSibling;
    const { thumbhash } = canvas.dataset;
    if (thumbhash === undefined || !(picture instanceof HTMLImageElement)) continue;
    if (picture.complete && picture.naturalWidth > 0) canvas.hidden = true;
    else drawPlaceholder(canvas, thumbhash);
  }
}

/** Pictures that are not made yet are asked for again; faces and products that do not load give way to what is behind. */
export function watchFeedPictures(): void {
  const retries = new WeakMap<HTMLImageElement, number>();
  const missed = (image: HTMLImageElement): void => {
    const retry = retries.get(image) ?? 0;
    image.hidden = true;
    if (image.dataset.postPicture === undefined || retry >= MAX_RETRIES) return;
    retries.set(image, retry + 1);
    setTimeout(() => reload(image), FIRST_RETRY_MS * 2 ** retry);
  };
  document.addEventListener(
    "error",
    ({ target }) => target instanceof HTMLImageElement && missed(target),
    true,
  );
  document.addEventListener(
    "load",
    ({ target }) => target instanceof HTMLImageElement && loaded(target),
    true,
  );
  for (const image of document.querySelectorAll<HTMLImageElement>("main img"))
    if (image.complete && image.naturalWidth === 0 && image.currentSrc !== "") missed(image);
}

function loaded(image: HTMLImageElement): void {
  image.hidden = false;
  const canvas = image.previousElementSibling;
  // A transparent picture would let it show.
  if (canvas instanceof HTMLCanvasElement) canvas.hidden = true;
}

function reload(image: HTMLImageElement): void {
  image.loading = "eager";
  const { src, srcset } = image;
  image.srcset = "";
  image.src = src;
  image.srcset = srcset;
}

/** How long ago each post was written goes on while the page is open. */
export function keepTime(now: () => number): void {
  const update = (): void => {
    if (document.visibilityState !== "visible") return;
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
      const text = agoText(Date.parse(time.dateTime), now());
      if (time.textContent !== text) time.textContent = text;
    }
  };
  setInterval(update, MINUTE_MS);
  document.addEventListener("visibilitychange", update);
}
