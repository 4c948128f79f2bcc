/** Hides pictures that do not load, so that the drawn window behind them shows. */
export function watchPictures(): void {
  document.addEventListener("error", (event) => hide(event.target), true);
  document.addEventListener("load", (event) => show(event.target), true);
  for (const image of document.querySelectorAll<HTMLImageElement>("[data-picture] img")) {
    if (image.complete && image.naturalWidth === 0) hide(image);
  }
}

function hide(target: EventTarget | null): void {
  if (target instanceof HTMLImageElement) target.hidden = true;
}

function show(target: EventTarget | null): void {
  if (target instanceof HTMLImageElement) target.hidden = false;
}
