import { peakOf } from "./chart-model.ts";
import type { ChartModel } from "./chart-model.ts";
import { compact } from "./format.ts";
import { areaPath, linePath } from "./path.ts";
import { anchorAt } from "./plot-frame.ts";
import type { PlotFrame } from "./plot-frame.ts";

interface Props {
  model: ChartModel;
  frame: PlotFrame;
}

/** The curves are drawn in a picture 1,000 wide that is stretched; strokes keep their width (`vector-effect`). */
export function PlotLines({ model, frame }: Props) {
  const place = (value: number | null | undefined, index: number) =>
    value === null || value === undefined ? null : { x: frame.x(index) * 10, y: frame.y(value) };
  const line = model.points.map(({ value }, index) => place(value, index));
  const before = model.points.map(({ before }, index) => place(before?.value, index));
  const height = frame.bottom + 4;
  const drawn = linePath(line);
  // What is not over yet is dashed: the last point is bound to rise.
  const settled = model.isOpen ? frame.x(model.points.length - 2) * 10 : 1_000;
  return (
    <>
      <svg
        class="curves"
        width="100%"
        height={height}
        viewBox={`0 0 1000 ${height}`}
        preserveAspectRatio="none"
      >
        <clipPath id={`${model.id}-settled`}>
          <rect x="-10" y="-10" width={settled + 10} height={height + 20} />
        </clipPath>
        <clipPath id={`${model.id}-open`}>
          <rect x={settled} y="-10" width={1_010 - settled} height={height + 20} />
        </clipPath>
        {model.compared ? <path class="curve curve-before" d={linePath(before)} /> : null}
        <path class="area" d={areaPath(line, frame.bottom)} />
        <path class="curve" clip-path={`url(#${model.id}-settled)`} d={drawn} />
        {model.isOpen ? (
          <path class="curve curve-open" clip-path={`url(#${model.id}-open)`} d={drawn} />
        ) : null}
      </svg>
      <Peak model={model} frame={frame} />
    </>
  );
}

/** The highest point carries its number. */
export function Peak({ model, frame }: Props) {
  const peak = peakOf(model.points);
  if (peak < 0) return null;
  const value = model.points[peak].value ?? 0;
  const x = frame.x(peak);
  return (
    <g class="peak">
      {model.kind === "line" ? <circle cx={`${x}%`} cy={frame.y(value)} r="3" /> : null}
      <text x={`${x}%`} y={frame.y(value) - 9} text-anchor={anchorAt(x)}>
        {compact(value)}
      </text>
    </g>
  );
}
