import type { ChartModel, ChartPoint } from "../dashboard/chart-model.ts";
import { valueText } from "../dashboard/chart-table.tsx";
import { changeOf } from "../dashboard/format.ts";
import { plotFrame } from "../dashboard/plot-frame.ts";
import { nearestIndex } from "../dashboard/scale.ts";

export type ModelOf = (id: string) => ChartModel | null;

export interface PlotCursor {
  /** Makes what was drawn anew reachable by keyboard, and puts the cursor back. */
  refresh(): void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };

/** A cursor that follows the pointer and the arrow keys over every chart of the page, and says where it stands. */
export function startCursor(modelOf: ModelOf): PlotCursor {
  let at: { id: string; index: number } | null = null;

  function show(id: string, index: number): void {
    const area = document.getElementById(id);
    const model = modelOf(id);
    if (area === null || model === null || model.points.length === 0) return;
    if (at !== null && at.id !== id) hide();
    at = { id, index: Math.min(index, model.points.length - 1) };
    place(area, model, at.index);
  }

  function hide(): void {
    const area = at === null ? null : document.getElementById(at.id);
    at = null;
    area?.querySelector(".cursor")?.setAttribute("visibility", "hidden");
    const tip = area?.querySelector<HTMLElement>(".tooltip");
    if (tip) tip.hidden = true;
  }

  function byPointer(event: PointerEvent): void {
    const area = plotOf(event.target);
    const model = area === null ? null : modelOf(area.id);
    if (area === null || model === null) return hide();
    const { left, width } = area.getBoundingClientRect();
    const index = nearestIndex((event.clientX - left) / width, model.points.length, model.kind === "bars");
    if (at?.id !== area.id || at.index !== index) show(area.id, index);
  }

  function byKey(event: KeyboardEvent): void {
    const area = plotOf(event.target);
    const model = area === null ? null : modelOf(area.id);
    if (area === null || model === null) return;
    const last = model.points.length - 1;
    const index = indexAfter(event.key, at?.id === area.id ? at.index : null, last);
    if (event.key === "Escape") hide();
    if (index === null) return;
    event.preventDefault();
    show(area.id, index);
    say(sentence(model, model.points[index]));
  }

  document.addEventListener("pointermove", byPointer);
  document.addEventListener("pointerdown", byPointer);
  document.addEventListener("keydown", byKey);
  document.addEventListener("focusout", (event) => plotOf(event.target) !== null && hide());
  return {
    refresh: () => {
      for (const area of document.querySelectorAll<HTMLElement>("[data-plot]")) makeReachable(area);
      if (at !== null) show(at.id, at.index);
    },
  };
}

function plotOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-plot]") : null;
}

// Without script a chart is a picture; with it, a thing of its own that takes the arrow keys from a screen reader.
export function makeReachable(area: HTMLElement): void {
  area.tabIndex = 0;
  area.setAttribute("role", "application");
  area.setAttribute("aria-roledescription", "chart");
}

/** Where a key leads from `index` (`null`: from nowhere, so to the newest); `null` for keys of no meaning here. */
export function indexAfter(key: string, index: number | null, last: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return last;
  const step = STEPS[key];
  if (step === undefined) return null;
  return index === null ? last : Math.min(last, Math.max(0, index + step));
}

function place(area: HTMLElement, model: ChartModel, index: number): void {
  const frame = plotFrame(model);
  const x = frame.x(index);
  const { value, before } = model.points[index];
  area.querySelector(".cursor")?.setAttribute("visibility", "visible");
  setAll(area.querySelector(".cursor-line"), { x1: `${x}%`, x2: `${x}%` });
  placeDot(area.querySelector(".cursor-dot"), x, value === null ? null : frame.y(value));
  const beforeValue = before?.value ?? null;
  placeDot(area.querySelector(".cursor-before"), x, beforeValue === null ? null : frame.y(beforeValue));
  const tip = area.querySelector<HTMLElement>(".tooltip");
  if (tip !== null) fill(tip, model, index, x);
}

function placeDot(dot: Element | null, x: number, y: number | null): void {
  setAll(dot, { cx: `${x}%`, cy: String(y ?? 0), visibility: y === null ? "hidden" : "inherit" });
}

function setAll(element: Element | null, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, value);
}

function fill(tip: HTMLElement, model: ChartModel, index: number, x: number): void {
  const point = model.points[index];
  const isLast = model.isOpen && index === model.points.length - 1;
  const lines: [string, string][] = [
    ["tooltip-name", isLast ? `${point.name}, so far` : point.name],
    ["tooltip-value", `${valueText(point)} ${model.label.toLowerCase()}`],
  ];
  const { before } = point;
  if (before !== null)
    lines.push(["tooltip-before", `${before.name}: ${valueText(before)}${changeText(point)}`]);
  showTip(tip, lines, x);
}

/** Puts lines, each by its class, into a tooltip at `x` percent of the width, on the side where there is room. */
export function showTip(tip: HTMLElement, lines: readonly (readonly [string, string])[], x: number): void {
  tip.replaceChildren(
    ...lines.map(([kind, text]) =>
      Object.assign(document.createElement("span"), { className: kind, textContent: text }),
    ),
  );
  tip.hidden = false;
  tip.dataset.side = x > 50 ? "left" : "right";
  // The policy forbids style in markup, not what a script of ours sets on the element.
  tip.style.left = `${x}%`;
}

function changeText({ value, before }: ChartPoint): string {
  const change = changeOf(value, before?.value ?? null);
  if (change === null || change.amount === "") return "";
  return ` (${change.direction === "up" ? "+" : "−"}${change.amount})`;
}

function sentence(model: ChartModel, point: ChartPoint): string {
  const { before } = point;
  const now = `${point.name}: ${valueText(point)} ${model.label.toLowerCase()}`;
  return before === null ? now : `${now}; ${before.name}: ${valueText(before)}`;
}

/** Has a screen reader say where the cursor stands. */
export function say(text: string): void {
  const region = document.getElementById("chart-value");
  if (region !== null) region.textContent = text;
}
