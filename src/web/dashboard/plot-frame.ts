import type { ChartModel, PlotId } from "./chart-model.ts";
import { bandCentre, pointPosition, verticalScale } from "./scale.ts";

/** Heights in pixels, by the id of the chart. */
const PLOT_HEIGHTS: Readonly<Record<PlotId, number>> = { "main-chart": 272, "live-chart": 168 };

const ROOM_ABOVE = 22;
const ROOM_BELOW = 30;

/** Where things stand in a chart: across in percent of the width, down in pixels. */
export interface PlotFrame {
  height: number;
  top: number;
  bottom: number;
  x(index: number): number;
  y(value: number): number;
}

export function plotFrame({ id, kind, points, ticks }: ChartModel): PlotFrame {
  const height = PLOT_HEIGHTS[id];
  const [top, bottom] = [ROOM_ABOVE, height - ROOM_BELOW];
  const across = kind === "bars" ? bandCentre : pointPosition;
  const scale = verticalScale(ticks[ticks.length - 1], top, bottom);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return {
    height,
    top,
    bottom,
    x: (index) => rounded(across(index, points.length)),
    y: (value) => rounded(scale(value)),
  };
}

/** How a label at this place is anchored: those at the edges stay within. */
export function anchorAt(percent: number): "start" | "middle" | "end" {
  if (percent < 4) return "start";
  return percent > 96 ? "end" : "middle";
}
