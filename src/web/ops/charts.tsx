import { count } from "../dashboard/format.ts";
import { anchorAt } from "../dashboard/plot-frame.ts";
import { niceTicks, verticalScale } from "../dashboard/scale.ts";
import { clockTicks, logScale } from "./chart-model.ts";
import type { Minute, OpsChart } from "./chart-model.ts";
import { bandPath, stepsPath } from "./paths.ts";
import { clock, millis } from "./words.ts";

export const LATENCY_HEIGHT = 260;
export const TRAFFIC_HEIGHT = 132;
const TOP = 12;
const FOOT = 28;

/** Where a minute stands in both charts, in percent: its middle. */
export function minuteCentre(index: number, total: number): number {
  return Math.round(((index + 0.5) / Math.max(1, total)) * 10_000) / 100;
}

export function latencyY(minutes: readonly Minute[]): { ticks: readonly number[]; y(value: number): number } {
  const { ticks, place } = logScale(minutes.flatMap(({ p50, p90, p99 }) => [p50, p90, p99]));
  const height = LATENCY_HEIGHT - FOOT - TOP;
  return { ticks, y: (value) => Math.round((TOP + height * (1 - place(value))) * 10) / 10 };
}

/** Bands from p50 to p90 and from p90 to p99 on a scale of decades. */
export function LatencyChart({ chart }: { chart: OpsChart }) {
  const { minutes } = chart;
  const { ticks, y } = latencyY(minutes);
  const line = (of: (minute: Minute) => number | null) =>
    minutes.map((minute, index) => {
      const value = of(minute);
      return value === null ? null : { x: minuteCentre(index, minutes.length) * 10, y: y(value) };
    });
  const [p50, p90, p99] = [line((one) => one.p50), line((one) => one.p90), line((one) => one.p99)];
  return (
    <Frame
      id="latency-chart"
      height={LATENCY_HEIGHT}
      ticks={ticks.map((tick) => ({ y: y(tick), label: millis(tick).replace(/\.0+(?= )/, "") }))}
      chart={chart}
      label={`Latency of ${chart.subject} by minute, on a logarithmic scale`}
    >
      <svg
        class="curves"
        width="100%"
        height={LATENCY_HEIGHT}
        viewBox={`0 0 1000 ${LATENCY_HEIGHT}`}
        preserveAspectRatio="none"
      >
        <path class="ops-band ops-band-99" d={bandPath(p99, p90)} />
        <path class="ops-band ops-band-90" d={bandPath(p90, p50)} />
        <path class="ops-line ops-line-99" d={stepsPath(p99)} />
        <path class="ops-line ops-line-50" d={stepsPath(p50)} />
      </svg>
      {minutes.map(({ serverErrors, p99: worst }, index) =>
        serverErrors === 0 ? null : (
          <circle
            class="ops-mark"
            cx={`${minuteCentre(index, minutes.length)}%`}
            cy={worst === null ? TOP : y(worst)}
            r="3.5"
          />
        ),
      )}
    </Frame>
  );
}

/** Requests by minute, with those that failed at the foot. */
export function TrafficChart({ chart }: { chart: OpsChart }) {
  const { minutes, isOpen } = chart;
  const ticks = niceTicks(
    minutes.reduce((most, { requests }) => Math.max(most, requests), 0),
    2,
  );
  const scale = verticalScale(ticks[ticks.length - 1] ?? 1, TOP, TRAFFIC_HEIGHT - FOOT);
  const width = 100 / Math.max(1, minutes.length);
  return (
    <Frame
      id="traffic-chart"
      height={TRAFFIC_HEIGHT}
      ticks={ticks.map((tick) => ({ y: scale(tick), label: count(tick) }))}
      chart={chart}
      label={`Requests of ${chart.subject} by minute, with errors`}
    >
      {minutes.map((minute, index) => (
        <g class={isOpen && index === minutes.length - 1 ? "ops-open" : undefined}>
          {stacked(minute).map(([kind, from, to]) => (
            <rect
              class={`ops-bar ops-bar-${kind}`}
              x={`${round(index * width + width * 0.1)}%`}
              width={`${round(width * 0.8)}%`}
              y={round(scale(to))}
              height={round(Math.max(kind === "good" ? 0 : 1.5, scale(from) - scale(to)))}
            />
          ))}
        </g>
      ))}
    </Frame>
  );
}

function stacked({ requests, clientErrors, serverErrors }: Minute): [string, number, number][] {
  const bars: [string, number, number][] = [
    ["server", 0, serverErrors],
    ["client", serverErrors, serverErrors + clientErrors],
    ["good", serverErrors + clientErrors, requests],
  ];
  return bars.filter(([, from, to]) => to > from);
}

interface FrameProps {
  id: string;
  height: number;
  ticks: readonly { y: number; label: string }[];
  chart: OpsChart;
  label: string;
  children?: unknown;
}

/** Axes, and what the island moves: as wide as its place without script, as the dashboard's charts. */
function Frame({ id, height, ticks, chart, label, children }: FrameProps) {
  const { minutes } = chart;
  return (
    <div class="plot">
      <svg class="plot-axis" width="52" height={height} aria-hidden="true" focusable="false">
        {ticks.map((tick) => (
          <text class="tick" x="44" y={tick.y + 4} text-anchor="end">
            {tick.label}
          </text>
        ))}
      </svg>
      <div
        class="plot-area"
        id={id}
        data-ops-plot=""
        role="img"
        aria-label={label}
        aria-describedby="chart-summary"
      >
        <svg class="plot-svg" width="100%" height={height} aria-hidden="true" focusable="false">
          {ticks.map((tick, index) => (
            <line
              class={index === 0 ? "grid grid-base" : "grid"}
              x1="0"
              x2="100%"
              y1={Math.round(tick.y) + 0.5}
              y2={Math.round(tick.y) + 0.5}
            />
          ))}
          {clockTicks(minutes).map((tick, order) => {
            const x = minuteCentre(tick.index, minutes.length);
            return (
              <text
                class={order % 2 === 0 ? "tick" : "tick tick-second"}
                x={`${x}%`}
                y={height - 8}
                text-anchor={anchorAt(x)}
              >
                {tick.label}
              </text>
            );
          })}
          {children}
          <line class="ops-cursor" x1="0" x2="0" y1={TOP} y2={height - FOOT} visibility="hidden" />
        </svg>
        <div class="tooltip" hidden />
      </div>
    </div>
  );
}

/** The same numbers as a table, closed until it is asked for. */
export function ChartNumbers({ chart }: { chart: OpsChart }) {
  return (
    <details class="as-table" id="chart-table">
      <summary>Show as table</summary>
      <div class="table-scroll" tabindex={0} role="group" aria-label="Each minute as a table">
        <table class="numbers">
          <thead>
            <tr>
              {["Minute (UTC)", "Requests", "p50", "p90", "p99", "4xx", "5xx"].map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.minutes.map(({ at, requests, p50, p90, p99, clientErrors, serverErrors }) => (
              <tr>
                <th scope="row">{clock(at)}</th>
                <td>{count(requests)}</td>
                <td>{millis(p50)}</td>
                <td>{millis(p90)}</td>
                <td>{millis(p99)}</td>
                <td>{count(clientErrors)}</td>
                <td>{count(serverErrors)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
