import { problemOf } from "../upload/problems.ts";
import type { WireImage } from "../upload/wire.ts";
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
  /** Of the bytes, from 0 to 1. */
  share: number;
}

export function countsOf(uploads: readonly Upload[], images: ReadonlyMap<string, WireImage>): Counts {
  const counts = { total: 0, waiting: 0, sending: 0, making: 0, ready: 0, failed: 0, passing: 0, share: 0 };
  let bytes = 0;
  let sent = 0;
  for (const { file, state } of uploads) {
    const stage = stageOf(state, images);
    if (stage !== "cancelled") {
      counts[stage]++;
      bytes += file.size;
    }
    if (stage === "failed" && problemOf(codeOf(state, images)).isPassing) counts.passing++;
    if (state.kind === "sending") sent += file.size * state.share;
    if (state.kind === "taken" || state.kind === "failed") sent += file.size;
  }
  counts.total = counts.waiting + counts.sending + counts.making + counts.ready + counts.failed;
  return { ...counts, share: bytes === 0 ? 0 : sent / bytes };
}

function stageOf(state: Upload["state"], images: ReadonlyMap<string, WireImage>) {
  if (state.kind !== "taken") return state.kind;
  const status = images.get(state.id)?.status;
  return status === "ready" || status === "failed" ? status : "making";
}

function codeOf(state: Upload["state"], images: ReadonlyMap<string, WireImage>): string {
  if (state.kind === "failed") return state.code;
  return state.kind === "taken" ? (images.get(state.id)?.error?.code ?? "") : "";
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

function wordsOf({ total, waiting, sending, making, ready, failed }: Counts): string {
  const words: string[] = [];
  const unsent = waiting + sending;
  if (unsent > 0) words.push(`${total - unsent} of ${many(total, "file")} uploaded`);
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
