import type { ChartModel } from "./chart-model.ts";
import type { PlotFrame } from "./plot-frame.ts";
import { Peak } from "./plot-lines.tsx";

interface Props {
  model: ChartModel;
  frame: PlotFrame;
}

/** How much of its band a bar fills. */
const FILL = 0.62;

/** Bars from zero; the comparison stands behind as a wider, muted one. */
export function PlotBars({ model, frame }: Props) {
  const band = 100 / Math.max(1, model.points.length);
  const last = model.points.length - 1;
  return (
    <>
      {model.points.map(({ value, before }, index) => (
        <>
          {before === null ? null : (
            <Bar
              x={frame.x(index)}
              width={band * 0.86}
              value={before.value}
              frame={frame}
              kind="bar-before"
            />
          )}
          <Bar
            x={frame.x(index)}
            width={band * FILL}
            value={value}
            frame={frame}
            kind={model.isOpen && index === last ? "bar bar-open" : "bar"}
          />
        </>
      ))}
      <Peak model={model} frame={frame} />
    </>
  );
}

interface BarProps {
  /** Centre and width, in percent. */
  x: number;
  width: number;
  value: number | null;
  frame: PlotFrame;
  kind: string;
}

function Bar({ x, width, value, frame, kind }: BarProps) {
  if (value === null || value === 0) return null;
  const height = Math.max(2, frame.bottom - frame.y(value));
  return (
    <rect
      class={kind}
      x={`${round(x - width / 2)}%`}
      width={`${round(width)}%`}
      y={round(frame.bottom - height)}
      height={round(height)}
      rx="3"
    />
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
