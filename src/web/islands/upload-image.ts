import { isSettled } from "../upload/wire.ts";
import { ImageFollower } from "./upload-follow.ts";

/** The page of one image is loaded anew once its pictures are there. */
export function followOneImage(page: HTMLElement): void {
  document.documentElement.dataset.live = "";
  const { image, status } = page.dataset;
  if (image === undefined || status === "ready" || status === "failed") return;
  const reload = (): void => location.reload();
  const follower = new ImageFollower({
    onImage: (known) => isSettled(known) && reload(),
    onGone: reload,
    onSignedOut: reload,
  });
  follower.follow([image]);
}
