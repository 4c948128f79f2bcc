import type { Hold } from "./upload-queue.ts";
import type { UploadSession } from "./upload-session.ts";

/** Says what keeps the uploads from going on, and lets them go on once it has passed. */
export function watchHolds(userId: string, session: UploadSession): { show: (hold: Hold | null) => void } {
  addEventListener("offline", () => session.hold === null && session.isSending && session.holdBy("offline"));
  addEventListener("online", () => session.hold === "offline" && session.resume());
  // Who has signed in again in another tab comes back to this one.
  const look = (): void => {
    if (document.visibilityState === "visible" && session.hold === "signed-out") void lookWhoIsIn();
  };
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);

  async function lookWhoIsIn(): Promise<void> {
    const answer = await fetch("/v1/me", { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok !== true || session.hold !== "signed-out") return;
    const { id } = (await answer.json()) as { id: string };
    // What was meant for one account never goes into another.
    if (id === userId) session.resume();
    else session.holdBy("other-person");
  }

  return {
    show: (hold) => {
      for (const notice of document.querySelectorAll<HTMLElement>("[data-hold]"))
        notice.hidden = notice.dataset.hold !== hold;
    },
  };
}
