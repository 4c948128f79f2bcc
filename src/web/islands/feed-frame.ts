import type { FeedFailure } from "./feed-api.ts";
import { announce } from "./announce.ts";

export type Hold = "signed-out" | "other-person" | "offline";

/** Who looks, the server's time, and where it is said what went wrong. */
export interface FeedFrame {
  viewer: { id: string; name: string };
  /** Milliseconds since the epoch by the server's clock: a browser's own may be wrong. */
  now(): number;
  /** Says that `what` ("Your like was not kept") happened, and why. */
  fail(what: string, failure: FeedFailure): void;
  /** Called when what kept the feed from going on has passed. */
  onResume(resume: () => void): void;
  isHeld(): boolean;
}

export function createFrame(page: HTMLElement): FeedFrame {
  const viewer = { id: page.dataset.user ?? "", name: page.dataset.name ?? "" };
  const ahead = Number(page.dataset.now) - Date.now();
  const resumes: (() => void)[] = [];
  let hold: Hold | null = null;

  function set(next: Hold | null): void {
    const isOver = hold !== null && next === null;
    hold = next;
    for (const notice of page.querySelectorAll<HTMLElement>("[data-hold]"))
      notice.hidden = notice.dataset.hold !== next;
    if (isOver) for (const resume of resumes) resume();
  }

  addEventListener("offline", () => hold === null && set("offline"));
  addEventListener("online", () => hold === "offline" && set(null));
  // Who has signed in again in another tab comes back to this one.
  const look = (): void => {
    if (document.visibilityState === "visible" && hold === "signed-out") void lookWhoIsIn();
  };
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);

  async function lookWhoIsIn(): Promise<void> {
    const answer = await fetch("/v1/me", { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok !== true || hold !== "signed-out") return;
    const { id } = (await answer.json()) as { id: string };
    // What was written for one account never goes into another.
    set(id === viewer.id ? null : "other-person");
  }

  return {
    viewer,
    now: () => Date.now() + ahead,
    fail: (what, failure) => {
      if (failure.kind === "signed-out") set("signed-out");
      else if (failure.kind === "offline") set("offline");
      toast(`${what} ${failure.words}`);
    },
    onResume: (resume) => void resumes.push(resume),
    isHeld: () => hold !== null,
  };
}

/** At the edge of the window until it is closed, or something else is said. */
export function toast(text: string): void {
  const box = document.getElementById("toast");
  const line = box?.querySelector<HTMLElement>("[data-part=toast]");
  if (!box || !line) return announce(text);
  box.hidden = false;
  line.textContent = text;
}

export function closeToast(): void {
  const box = document.getElementById("toast");
  if (box !== null) box.hidden = true;
}
