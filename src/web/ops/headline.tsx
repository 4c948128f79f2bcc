import type { Child } from "hono/jsx";
import type { Deployment } from "../../services/operations/deployment.ts";
import { count } from "../dashboard/format.ts";
import { Sparkline } from "../dashboard/sparkline.tsx";
import { rowsOf } from "./counters.ts";
import type { OpsMetrics } from "./view.ts";
import { millis, percentage, rate, span } from "./words.ts";

interface Props {
  metrics: OpsMetrics;
  deployment: Deployment | null;
  minutes: number;
  now: number;
}

/** What one looks at first: how much, how well, how quick, and what waits. */
export function Headline({ metrics, deployment, minutes, now }: Props) {
  const { requests, series } = metrics;
  const rows = rowsOf(metrics, "read");
  const failed = requests.status["5xx"] ?? 0;
  const refused = requests.status["4xx"] ?? 0;
  const share = requests.requests === 0 ? 0 : failed / requests.requests;
  const { all } = series;
  return (
    <ul class="tiles ops-tiles">
      <Tile id="tile-rate" label="Requests a second" value={rate(rateNow(metrics))} values={all.requests}>
        {count(requests.requests)} in {minutes} min
      </Tile>
      <Tile
        id="tile-errors"
        label="Server errors"
        value={requests.requests === 0 ? "–" : percentage(share)}
        values={all.server_errors}
        isBad={failed > 0}
      >
        {count(failed)} failed, {count(refused)} refused
      </Tile>
      <Tile
        id="tile-p50"
        label="Latency, p50"
        value={millis(requests.latency_ms?.p50 ?? null)}
        values={all.p50_ms}
      >
        p90 {millis(requests.latency_ms?.p90 ?? null)}
      </Tile>
      <Tile
        id="tile-p99"
        label="Latency, p99"
        value={millis(requests.latency_ms?.p99 ?? null)}
        values={all.p99_ms}
      >
        worst {millis(requests.latency_ms?.max ?? null)}
      </Tile>
      <Tile
        id="tile-trips"
        label="Round trips a request"
        value={requests.requests === 0 ? "–" : rate(requests.db_trips_mean)}
      >
        {requests.requests === 0 ? "" : `${rate(rows / requests.requests)} rows read`}
      </Tile>
      <Backlog deployment={deployment} queued={queuedIn(metrics)} now={now} />
    </ul>
  );
}

/** Of the last whole minute and of what has gone of this one. */
function rateNow({ series, until }: OpsMetrics): number {
  const asked = series.all.requests.slice(-2).reduce((sum, requests) => sum + requests, 0);
  const from = series.times.at(-2) ?? series.times.at(-1) ?? until;
  return asked / Math.max(1, (until - from) / 1_000);
}

function queuedIn({ queues }: OpsMetrics): number {
  return (queues ?? []).reduce((sum, { messages }) => sum + messages, 0);
}

/** Jobs that wait in the outbox and in the platform's queues, and how long the oldest of the outbox does. */
function Backlog({ deployment, queued, now }: Pick<Props, "deployment" | "now"> & { queued: number }) {
  if (deployment === null) return <Tile id="tile-backlog" label="Waiting jobs" value="–" />;
  const { outbox, oldest_at: oldest, dead_letters: dead } = deployment.queue;
  return (
    <Tile id="tile-backlog" label="Waiting jobs" value={count(outbox + queued)}>
      {oldest === null ? "" : `oldest ${span(now - oldest)}, `}
      {dead === 0 ? (
        "no dead letters"
      ) : (
        <a class="ops-warn" id="to-letters" href="#letters-title">
          {count(dead)} dead letter{dead === 1 ? "" : "s"}
        </a>
      )}
    </Tile>
  );
}

interface TileProps {
  id: string;
  label: string;
  value: string;
  values?: readonly (number | null)[];
  isBad?: boolean;
  children?: Child;
}

function Tile({ id, label, value, values, isBad = false, children }: TileProps) {
  return (
    <li class={isBad ? "tile ops-bad" : "tile"} id={id}>
      <h2 class="tile-label">{label}</h2>
      <p class="tile-value">{value}</p>
      <p class="tile-note">
        <span>{children}</span>
      </p>
      {values === undefined ? null : <Sparkline values={values} />}
    </li>
  );
}
