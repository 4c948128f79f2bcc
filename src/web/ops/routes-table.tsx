import type { RouteFigures } from "../../domain/metrics/request-figures.ts";
import { count } from "../dashboard/format.ts";
import { nameOf } from "./chart-model.ts";
import { opsHref } from "./query.ts";
import type { OpsQuery, Sort } from "./query.ts";
import { stepsPath } from "./paths.ts";
import type { OpsMetrics } from "./view.ts";
import { millis, percentage } from "./words.ts";

const MOST = 60;
const COLUMNS: readonly { sort: Sort | null; label: string }[] = [
  { sort: "route", label: "Route" },
  { sort: "rate", label: "Requests" },
  { sort: null, label: "p50" },
  { sort: null, label: "p90" },
  { sort: "p99", label: "p99" },
  { sort: null, label: "p99 by minute" },
  { sort: "errors", label: "Server errors" },
  { sort: null, label: "Refused" },
  { sort: null, label: "Round trips" },
  { sort: null, label: "Cache hits" },
];

/** Each route in numbers; its name shows its own chart above. */
export function RoutesTable({ metrics, query }: { metrics: OpsMetrics; query: OpsQuery }) {
  const routes = sorted(metrics.routes, query.sort).slice(0, MOST);
  return (
    <section class="panel" aria-labelledby="routes-title">
      <h2 id="routes-title">Routes</h2>
      {routes.length === 0 ? (
        <p class="note">Nothing was asked yet. The first requests show here within seconds.</p>
      ) : (
        <div class="table-scroll ops-scroll" tabindex={0} role="group" aria-label="Routes">
          <table class="numbers ops-routes">
            <thead>
              <tr>
                {COLUMNS.map(({ sort, label }) => (
                  <Head sort={sort} label={label} query={query} />
                ))}
              </tr>
            </thead>
            <tbody>
              {routes.map((figures) => (
                <Row figures={figures} metrics={metrics} query={query} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {metrics.routes.length > MOST ? (
        <p class="note">
          {count(metrics.routes.length - MOST)} more routes are at <code>/metrics</code>.
        </p>
      ) : null}
    </section>
  );
}

function Head({ sort, label, query }: { sort: Sort | null; label: string; query: OpsQuery }) {
  if (sort === null) return <th scope="col">{label}</th>;
  const isChosen = sort === query.sort;
  return (
    <th scope="col" aria-sort={isChosen ? (sort === "route" ? "ascending" : "descending") : undefined}>
      <a id={`sort-${sort}`} href={opsHref({ ...query, sort }, "#routes-title")} data-ops-go="">
        {label}
        <span aria-hidden="true">{isChosen ? (sort === "route" ? " ↑" : " ↓") : ""}</span>
      </a>
    </th>
  );
}

function Row({ figures, metrics, query }: { figures: RouteFigures; metrics: OpsMetrics; query: OpsQuery }) {
  const { requests, latency_ms: latency, status, db_trips_mean, cache } = figures;
  const name = nameOf(figures);
  const lines = metrics.series.routes.find((one) => nameOf(one) === name);
  const failed = status["5xx"] ?? 0;
  const looked = cache.hit + cache.stale + cache.miss;
  return (
    <tr class={name === query.route ? "ops-chosen" : undefined}>
      <th scope="row">
        <a href={opsHref({ ...query, route: name }, "#latency-title")} data-ops-go="">
          <code>{name}</code>
        </a>
      </th>
      <td>{count(requests)}</td>
      <td>{millis(latency?.p50 ?? null)}</td>
      <td>{millis(latency?.p90 ?? null)}</td>
      <td>{millis(latency?.p99 ?? null)}</td>
      <td>{lines === undefined ? null : <Course values={lines.p99_ms} />}</td>
      <td class={failed > 0 ? "ops-warn" : undefined}>
        {failed === 0 ? "0" : `${count(failed)} (${percentage(failed / requests)})`}
      </td>
      <td>{count(status["4xx"] ?? 0)}</td>
      <td>{db_trips_mean.toFixed(2)}</td>
      <td>{looked === 0 ? "–" : percentage((cache.hit + cache.stale) / looked)}</td>
    </tr>
  );
}

/** A course for the eye alone: the numbers stand beside it. */
function Course({ values }: { values: readonly (number | null)[] }) {
  const most = values.reduce((max: number, value) => Math.max(max, value ?? 0), 0);
  const points = values.map((value, i) =>
    value === null || most === 0
      ? null
      : { x: 1 + (i / Math.max(1, values.length - 1)) * 94, y: 20 - (value / most) * 17 },
  );
  return (
    <svg class="ops-course" width="96" height="22" viewBox="0 0 96 22" aria-hidden="true" focusable="false">
      <path class="curve" d={stepsPath(points)} />
    </svg>
  );
}

function sorted(routes: readonly RouteFigures[], sort: Sort): RouteFigures[] {
  const worth: Record<Exclude<Sort, "route">, (of: RouteFigures) => number> = {
    rate: ({ requests }) => requests,
    p99: ({ latency_ms: latency }) => latency?.p99 ?? 0,
    errors: ({ status }) => status["5xx"] ?? 0,
  };
  const byName = (a: RouteFigures, b: RouteFigures): number =>
    a.route < b.route ? -1 : a.route > b.route ? 1 : 0;
  if (sort === "route") return routes.toSorted(byName);
  return routes.toSorted((a, b) => worth[sort](b) - worth[sort](a) || byName(a, b));
}
