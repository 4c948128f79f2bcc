import { count } from "../dashboard/format.ts";
import { chartOf } from "./chart-model.ts";
import type { OpsChart } from "./chart-model.ts";
import { ChartNumbers, LatencyChart, TrafficChart } from "./charts.tsx";
import { opsHref, SPANS } from "./query.ts";
import type { OpsQuery } from "./query.ts";
import type { OpsMetrics } from "./view.ts";
import { clock, millis } from "./words.ts";

/** Latencies and requests of all routes or of one, minute by minute, over one another. */
export function LatencyPanel({ metrics, query }: { metrics: OpsMetrics; query: OpsQuery }) {
  const chart = chartOf(metrics, query);
  return (
    <section class="panel chart-panel" aria-labelledby="latency-title">
      <header class="panel-head">
        <h2 id="latency-title">
          Latency of {query.route === "" ? chart.subject : <code>{chart.subject}</code>}
        </h2>
        <Spans query={query} />
      </header>
      <p class="legend">
        <span class="key ops-key-50">p50</span>
        <span class="key ops-key-90">to p90</span>
        <span class="key ops-key-99">to p99</span>
        <span class="key ops-key-mark">a server error</span>
        {query.route === "" ? null : (
          <a href={opsHref({ ...query, route: "" })} data-ops-go="">
            Show all routes
          </a>
        )}
      </p>
      {chart.minutes.every(({ requests }) => requests === 0) ? (
        <p class="note">
          {query.route === ""
            ? `No requests in the last ${query.minutes} minutes.`
            : `No requests of this route in the last ${query.minutes} minutes, or fewer than of fifty others.`}
        </p>
      ) : null}
      <LatencyChart chart={chart} />
      <div class="panel-head">
        <h3 class="ops-sub">Requests a minute</h3>
        <p class="legend">
          <span class="key key-bars ops-key-good">answered</span>
          <span class="key key-bars ops-key-client">refused</span>
          <span class="key key-bars ops-key-server">failed</span>
        </p>
      </div>
      <TrafficChart chart={chart} />
      <p id="chart-summary" class="visually-hidden">
        {summaryOf(chart)}
      </p>
      <ChartNumbers chart={chart} />
    </section>
  );
}

function Spans({ query }: { query: OpsQuery }) {
  return (
    <nav class="segments" aria-label="How far back">
      {SPANS.map((minutes) => (
        <a
          id={`span-${minutes}`}
          href={opsHref({ ...query, minutes })}
          data-ops-go=""
          aria-current={minutes === query.minutes ? "true" : undefined}
        >
          {minutes} min
        </a>
      ))}
    </nav>
  );
}

function summaryOf({ minutes, subject }: OpsChart): string {
  const worst = minutes.reduce((most, one) => ((one.p99 ?? 0) > (most?.p99 ?? 0) ? one : most), minutes[0]);
  const all = minutes.reduce((sum, { requests }) => sum + requests, 0);
  if (worst === undefined || all === 0) return `No requests of ${subject}.`;
  return `${count(all)} requests of ${subject}; the highest p99 was ${millis(worst.p99)} at ${clock(worst.at)} UTC. Arrow keys go from minute to minute.`;
}
