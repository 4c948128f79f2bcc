import { METRIC_LABELS, peakOf, seriesModel } from "./chart-model.ts";
import type { ChartModel } from "./chart-model.ts";
import { ChartTable } from "./chart-table.tsx";
import { count, dateRange } from "./format.ts";
import { Plot } from "./plot.tsx";
import { dashboardHref } from "./query.ts";
import { lastDate } from "./last-date.ts";
import type { DashboardView } from "./view.ts";
import { METRICS } from "./wire.ts";
import type { Overview } from "./wire.ts";

interface Props {
  view: DashboardView;
  overview: Overview;
}

/** The chosen metric over the range, and the comparison behind it. */
export function MainChart({ view, overview }: Props) {
  const model = seriesModel(overview, view.query.metric, view.now);
  const waiting = model.points.filter(({ value }) => value === null).length;
  return (
    <section class="panel chart-panel" aria-labelledby="chart-title">
      <header class="panel-head">
        <h2 id="chart-title">{model.label}</h2>
        <MetricSwitch view={view} />
      </header>
      <Legend overview={overview} model={model} />
      <Plot model={model} describedBy="chart-summary" />
      <p id="chart-summary" class="visually-hidden">
        {summaryOf(model)}
      </p>
      {waiting === 0 ? null : (
        <p class="note" id="waiting">
          Active users of {count(waiting)} {waiting === 1 ? "point" : "points"} are being computed.
        </p>
      )}
      <ChartTable model={model} />
    </section>
  );
}

function MetricSwitch({ view }: { view: DashboardView }) {
  const { org, query } = view;
  return (
    <nav class="segments" aria-label="Metric">
      {METRICS.map((metric) => (
        <a
          id={`metric-${metric}`}
          href={dashboardHref(org, { ...query, metric, cursor: "" })}
          data-go=""
          aria-current={metric === query.metric ? "true" : undefined}
        >
          {METRIC_LABELS[metric]}
        </a>
      ))}
    </nav>
  );
}

function Legend({ overview, model }: { overview: Overview; model: ChartModel }) {
  const { from, to, comparison } = overview;
  return (
    <p class="legend">
      <span class={`key key-${model.kind}`}>{dateRange(from, lastDate(to))}</span>
      {comparison === null ? null : (
        <span class={`key key-before key-${model.kind}`}>
          {dateRange(comparison.from, lastDate(comparison.to))}
        </span>
      )}
      {model.isOpen ? (
        <span class="legend-open">The last {model.pointLabel.toLowerCase()} is not over yet</span>
      ) : null}
    </p>
  );
}

/** What one sees at a glance, in a sentence. */
function summaryOf({ label, points, pointLabel }: ChartModel): string {
  const peak = peakOf(points);
  if (peak < 0) return `${label}: none in this range.`;
  const known = points.filter(({ value }) => value !== null);
  const mean = known.reduce((sum, { value }) => sum + (value ?? 0), 0) / known.length;
  const { name, value } = points[peak];
  return `${label}: ${count(Math.round(mean))} a ${pointLabel.toLowerCase()} on average, at most ${count(value ?? 0)} (${name}). Arrow keys go from point to point.`;
}
