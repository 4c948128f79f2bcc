import { problemOf } from "../upload/problems.ts";
import { announce } from "./announce.ts";
import type { Upload } from "./upload-queue.ts";
import { part } from "./upload-tile.ts";

/** How many of this page's uploads are where. */
export interface Counts {
  /** Without what was cancelled. */
  total: number;
  waiting: number;
  sending: number;
  making: number;
  ready: number;
  failed: number;
  /** Of those that failed, how many may do another time. */
  passing: number;
  /** Of the bytes that are not refused, from 0 to 1. */
  share: number;
}

export function countsOf(uploads: readonly Upload[]): Counts {
  const counts = { waiting: 0, sending: 0, making: 0, ready: 0, failed: 0, passing: 0 };
  let [bytes, sent] = [0, 0];
  for (const { file, state } of uploads) {
    const stage = stageOf(state);
    if (stage === "cancelled") continue;
    counts[stage]++;
    if (stage === "failed") {
      if (problemOf(codeOf(state)).isPassing) counts.passing++;
      continue;
    }
    bytes += file.size;
    sent += file.size * (state.kind === "sending" ? state.share : stage === "waiting" ? 0 : 1);
  }
  const total = counts.waiting + counts.sending + counts.making + counts.ready + counts.failed;
  return { ...counts, total, share: bytes === 0 ? 0 : sent / bytes };
}

function stageOf(state: Upload["state"]) {
  if (state.kind !== "taken") return state.kind;
  const { status } = state.image;
  return status === "ready" || status === "failed" ? status : "making";
}

function codeOf(state: Upload["state"]): string {
  if (state.kind === "failed") return state.code;
  return (state.kind === "taken" && state.image.error?.code) || "";
}

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** One line that says how far all is, and its bar; it says the end aloud. */
export function createSummary(box: HTMLElement): (counts: Counts) => void {
  const bar = part(box, "overall") as HTMLProgressElement;
  const line = part(box, "summary");
  let wasActive = false;
  return (counts) => {
    const unsent = counts.waiting + counts.sending;
    const isActive = unsent + counts.making > 0;
    const text = wordsOf(counts);
    box.hidden = counts.total === 0;
    box.toggleAttribute("data-active", isActive);
    line.textContent = text;
    bar.hidden = !isActive;
    if (unsent > 0) bar.value = Math.round(counts.share * 100);
    else bar.removeAttribute("value");
    show(box, "cancel-all", unsent > 1);
    show(box, "retry-all", counts.passing > 1);
    show(box, "next-problem", counts.failed > 0);
    if (wasActive && !isActive) announce(text);
    wasActive = isActive;
  };
}

function wordsOf({ waiting, sending, making, ready, failed }: Counts): string {
  const words: string[] = [];
  const unsent = waiting + sending;
  if (unsent > 0) words.push(`${many(unsent, "file")} to go`);
  if (making > 0) words.push(`making pictures of ${making}`);
  if (ready > 0) words.push(`${ready} ready`);
  if (failed > 0) words.push(many(failed, "problem"));
  const text = words.length === 0 ? "Nothing to do" : words.join(" · ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function show(box: HTMLElement, action: string, isShown: boolean): void {
  const button = box.querySelector<HTMLButtonElement>(`[data-act="${action}"]`);
  if (button !== null) button.hidden = !isShown;
}
