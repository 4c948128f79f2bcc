import { Icon } from "../components/icon.tsx";
import type { DraftPicture } from "../feed/draft.ts";
import { problemOf } from "../upload/problems.ts";
import { elementOf } from "./feed-elements.ts";
import type { UploadState } from "./upload-queue.ts";

/** A picture in the composer: how far it is, or what is wrong with it, and what can be done with it. */
export function newAttachment(name: string): HTMLElement {
  return elementOf(
    <li class="attachment" data-state="waiting">
      <div class="attachment-box">
        <Icon name="picture" />
        <progress max={100} value={0} aria-label={`Progress of ${name}`} />
      </div>
      <p class="attachment-problem" data-part="problem" />
      <div class="attachment-acts">
        <Act act="earlier" icon="back" label={`Move ${name} forward`} />
        <Act act="later" icon="arrow" label={`Move ${name} back`} />
        <Act act="remove" icon="close" label={`Remove ${name}`} />
        <button class="button button-small" type="button" data-act="retry">
          Try again<span class="visually-hidden">: {name}</span>
        </button>
      </div>
    </li>,
  );
}

function Act({ act, icon, label }: { act: string; icon: "back" | "arrow" | "close"; label: string }) {
  return (
    <button class="attachment-act" type="button" data-act={act} aria-label={label}>
      <Icon name={icon} />
    </button>
  );
}

type Shown = Exclude<UploadState, { kind: "taken" }> | { kind: "taken"; image: DraftPicture };

export function showAttachment(tile: HTMLElement, state: Shown): void {
  tile.dataset.state = state.kind;
  const bar = tile.querySelector("progress");
  const problem = tile.querySelector<HTMLElement>("[data-part=problem]");
  if (bar !== null && state.kind === "sending") bar.value = Math.floor(state.share * 100);
  const failure = state.kind === "failed" ? problemOf(state.code, state.detail) : null;
  if (problem !== null) problem.textContent = failure?.title ?? "";
  tile.toggleAttribute("data-passing", failure?.isPassing === true);
  if (state.kind !== "taken") return;
  tile.dataset.pictureId = state.image.id;
  bar?.remove();
  const { medium } = state.image.url;
  tile
    .querySelector(".attachment-box")
    ?.append(
      elementOf(<img src={medium} alt="Picture of the post" width={96} height={96} data-post-picture="" />),
    );
}
