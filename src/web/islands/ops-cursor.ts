import { chartOf, readingOf } from "../ops/chart-model.ts";
import type { Minute, OpsChart } from "../ops/chart-model.ts";
import { minuteCentre } from "../ops/charts.tsx";
import type { OpsState } from "../ops/view.ts";
import { nearestIndex } from "../dashboard/scale.ts";
import { indexAfter, makeReachable, say, showTip } from "./dashboard-cursor.ts";

/** One cursor over both charts, by pointer and by arrow keys: what it says stands beside it, and is read out by key. */
export function startOpsCursor(stateOf: () => OpsState): { refresh(): void } {
  let at: { area: string; index: number } | null = null;

  function chart(): OpsChart | null {
    const { metrics, query } = stateOf();
    return metrics.value === null ? null : chartOf(metrics.value, query);
  }

  function show(area: string, index: number): void {
    const shown = chart();
    if (shown === null || shown.minutes.length === 0) return hide();
    at = { area, index: Math.min(index, shown.minutes.length - 1) };
    for (const plot of plots()) place(plot, { shown, index: at.index, isTold: plot.id === area });
  }

  function hide(): void {
    at = null;
    for (const plot of plots()) clear(plot);
  }

  function byPointer(event: PointerEvent): void {
    const plot = plotOf(event.target);
    const shown = chart();
    if (plot === null || shown === null) return at === null ? undefined : hide();
    const { left, width } = plot.getBoundingClientRect();
    const index = nearestIndex((event.clientX - left) / width, shown.minutes.length, true);
    if (at?.index !== index || at.area !== plot.id) show(plot.id, index);
  }

  function byKey(event: KeyboardEvent): void {
    const plot = plotOf(event.target);
    const shown = chart();
    if (plot === null || shown === null) return;
    if (event.key === "Escape") hide();
    const index = indexAfter(event.key, at?.index ?? null, shown.minutes.length - 1);
    if (index === null) return;
    event.preventDefault();
    show(plot.id, index);
    say(sentence(shown.minutes[index]));
  }

  document.addEventListener("pointermove", byPointer);
  document.addEventListener("pointerdown", byPointer);
  document.addEventListener("keydown", byKey);
  document.addEventListener("focusout", (event) => plotOf(event.target) !== null && hide());
  return {
    refresh: () => {
      for (const plot of plots()) makeReachable(plot);
      if (at !== null) show(at.area, at.index);
    },
  };
}

function plots(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-ops-plot]")];
}

function plotOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-ops-plot]") : null;
}

interface Place {
  shown: OpsChart;
  index: number;
  /** Whether the minute's numbers stand in this plot. */
  isTold: boolean;
}

function place(plot: HTMLElement, { shown, index, isTold }: Place): void {
  const x = minuteCentre(index, shown.minutes.length);
  const line = plot.querySelector(".ops-cursor");
  line?.setAttribute("visibility", "visible");
  for (const name of ["x1", "x2"]) line?.setAttribute(name, `${x}%`);
  const tip = plot.querySelector<HTMLElement>(".tooltip");
  if (tip === null) return;
  if (isTold) fill(tip, shown, index, x);
  else tip.hidden = true;
}

function clear(plot: HTMLElement): void {
  plot.querySelector(".ops-cursor")?.setAttribute("visibility", "hidden");
  const tip = plot.querySelector<HTMLElement>(".tooltip");
  if (tip !== null) tip.hidden = true;
}

function sentence(minute: Minute): string {
  const { name, facts } = readingOf(minute);
  return `${name}: ${facts.map((fact) => fact.join(" ")).join(", ")}`;
}

function fill(tip: HTMLElement, { minutes, isOpen }: OpsChart, index: number, x: number): void {
  const { name, facts } = readingOf(minutes[index]);
  const title = isOpen && index === minutes.length - 1 ? `${name}, so far` : name;
  const told = facts.map(([fact, value]) => ["tooltip-fact", `${fact}: ${value}`] as const);
  showTip(tip, [["tooltip-name", title], ...told], x);
}
