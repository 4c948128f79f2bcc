import { tickLabel } from "./chart-model.ts";
import type { ChartModel } from "./chart-model.ts";
import { PlotBars } from "./plot-bars.tsx";
import { PlotLines } from "./plot-lines.tsx";
import { anchorAt, plotFrame } from "./plot-frame.ts";
import type { PlotFrame } from "./plot-frame.ts";

interface Props {
  model: ChartModel;
  /** The id of the text that says what the chart shows. */
  describedBy: string;
}

/**
 * A chart that is as wide as its place without script: heights are pixels, places across are percentages, and only the
 * curves are stretched. The island adds the cursor and the keys to what carries `data-plot`.
 */
export function Plot({ model, describedBy }: Props) {
  const frame = plotFrame(model);
  const { height } = frame;
  return (
    <div class={`plot plot-${model.kind}`}>
      <svg class="plot-axis" width="44" height={height} aria-hidden="true" focusable="false">
        {model.ticks.map((tick) => (
          <text class="tick" x="36" y={frame.y(tick) + 4} text-anchor="end">
            {tickLabel(tick)}
          </text>
        ))}
      </svg>
      <div
        class="plot-area"
        id={model.id}
        data-plot=""
        role="img"
        aria-label={`${model.label} by ${model.pointLabel.toLowerCase()}`}
        aria-describedby={describedBy}
      >
        <svg class="plot-svg" width="100%" height={height} aria-hidden="true" focusable="false">
          {model.ticks.map((tick, index) => (
            <line
              class={index === 0 ? "grid grid-base" : "grid"}
              x1="0"
              x2="100%"
              y1={crisp(frame.y(tick))}
              y2={crisp(frame.y(tick))}
            />
          ))}
          <TimeAxis model={model} frame={frame} />
          {model.kind === "bars" ? (
            <PlotBars model={model} frame={frame} />
          ) : (
            <PlotLines model={model} frame={frame} />
          )}
          <g class="cursor" visibility="hidden">
            <line class="cursor-line" x1="0" x2="0" y1={frame.top} y2={frame.bottom} />
            <circle class="cursor-before" r="4" />
            <circle class="cursor-dot" r="5" />
          </g>
        </svg>
        <div class="tooltip" hidden />
      </div>
    </div>
  );
}

function TimeAxis({ model, frame }: { model: ChartModel; frame: PlotFrame }) {
  return (
    <g>
      {model.timeTicks.map(({ index, label }, order) => (
        <text
          class={order % 2 === 0 ? "tick" : "tick tick-second"}
          x={`${frame.x(index)}%`}
          y={frame.bottom + 20}
          text-anchor={anchorAt(frame.x(index))}
        >
          {label}
        </text>
      ))}
    </g>
  );
}

function crisp(y: number): number {
  return Math.round(y) + 0.5;
}
