import { createGallery, takeAway } from "./upload-gallery.ts";
import { watchHolds } from "./upload-holds.ts";
import { takeFiles } from "./upload-intake.ts";
import { UploadSession } from "./upload-session.ts";
import { createSummary } from "./upload-summary.ts";

/** The page `/upload`. */
export function startUploads(page: HTMLElement): void {
  const [zone, list, box, input] = ["drop", "tiles", "summary", "file"].map((id) =>
    document.getElementById(id),
  );
  if (!zone || !list || !box || !(input instanceof HTMLInputElement)) return;
  const session = new UploadSession({
    list,
    org: page.dataset.org ?? "",
    onHold: (hold) => holds.show(hold),
    onCounts: createSummary(box),
  });
  const holds = watchHolds(page.dataset.user ?? "", session);
  takeFiles(zone, input, (files) => session.take(files));
  createGallery(list, {
    onEarlier: (tiles) => session.adopt(tiles),
    onDeleted: (tile) => session.forget(tile),
  });
  session.adopt([...list.querySelectorAll<HTMLElement>(":scope > .tile")]);
  page.addEventListener("click", ({ target }) => {
    const control = target instanceof Element ? target.closest<HTMLElement>("[data-act]") : null;
    if (control === null) return;
    const tile = control.closest<HTMLElement>(".tile");
    if (tile === null) actOnAll(session, list, control);
    else actOnOne(session, tile, control);
  });
  addEventListener("beforeunload", (event) => {
    if (session.isSending) event.preventDefault();
  });
  const owner = document.getElementById("org");
  if (owner instanceof HTMLSelectElement) owner.addEventListener("change", () => owner.form?.requestSubmit());
  document.documentElement.dataset.live = "";
}

function actOnOne(session: UploadSession, tile: HTMLElement, { dataset }: HTMLElement): void {
  switch (dataset.act) {
    case "cancel":
      session.cancel(tile);
      tile.querySelector<HTMLElement>("[data-act=retry]")?.focus();
      return;
    case "retry":
      session.retry(tile);
      tile.focus({ preventScroll: true });
      return;
    case "dismiss":
      session.forget(tile);
      takeAway(tile);
      return;
    default:
  }
}

function actOnAll(session: UploadSession, list: HTMLElement, { dataset }: HTMLElement): void {
  if (dataset.act === "cancel-all") session.cancelAll();
  if (dataset.act === "retry-all") session.retryAll();
  if (dataset.act === "next-problem") focusNextProblem(list);
}

/** From one to the next, and from the last to the first. */
function focusNextProblem(list: HTMLElement): void {
  const failed = [...list.querySelectorAll<HTMLElement>('.tile[data-state="failed"]')];
  const at = failed.findIndex((tile) => tile.dataset.shown !== undefined);
  for (const tile of failed) delete tile.dataset.shown;
  const next = failed[(at + 1) % failed.length];
  if (next === undefined) return;
  next.dataset.shown = "";
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
