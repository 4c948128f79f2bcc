import { courseOf, METRIC_LABELS } from "./chart-model.ts";
import { changeOf, count, dateRange, share } from "./format.ts";
import type { Change } from "./format.ts";
import { lastDate } from "./last-date.ts";
import { Sparkline } from "./sparkline.tsx";
import type { Metric, Overview } from "./wire.ts";

const SHOWN: readonly Metric[] = ["active_users", "page_views", "logins", "activities"];
const WORDS = { up: "more", down: "fewer", same: "no change", new: "none before" } as const;

/** The headline numbers: each with how it stands to the comparison, and its course. */
export function Tiles({ overview, now }: { overview: Overview; now: number }) {
  return (
    <ul class="tiles">
      {SHOWN.map((metric) => (
        <Tile metric={metric} overview={overview} now={now} />
      ))}
    </ul>
  );
}

interface TileProps {
  metric: Metric;
  overview: Overview;
  now: number;
}

function Tile({ metric, overview, now }: TileProps) {
  const value = overview.totals[metric];
  const before = overview.comparison?.totals[metric];
  const change = before === undefined ? null : changeOf(value, before);
  return (
    <li class="tile" id={`tile-${metric}`}>
      <h2 class="tile-label">{METRIC_LABELS[metric]}</h2>
      {value === null ? (
        <p class="tile-value tile-waiting">being computed</p>
      ) : (
        <p class="tile-value">{count(value)}</p>
      )}
      <p class="tile-note">
        {change === null ? null : <ChangeNote change={change} overview={overview} />}
        {metric === "active_users" ? <ErrorNote error={overview.active_users_error} /> : null}
      </p>
      <Sparkline values={courseOf(overview, metric, now)} />
    </li>
  );
}

function ChangeNote({ change, overview }: { change: Change; overview: Overview }) {
  const { direction, amount } = change;
  const { comparison } = overview;
  return (
    <span class={`change change-${direction}`}>
      {direction === "up" || direction === "down" ? <Arrow direction={direction} /> : null}
      <strong>{amount}</strong> {WORDS[direction]}
      {comparison === null ? null : (
        <span class="visually-hidden"> than {dateRange(comparison.from, lastDate(comparison.to))}</span>
      )}
    </span>
  );
}

export function Arrow({ direction }: { direction: "up" | "down" }) {
  return (
    <svg class="arrow" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={direction === "up" ? "M6 1.5 11 10H1z" : "M6 10.5 1 2h10z"} />
    </svg>
  );
}

/** An estimate says how far it may be off. */
function ErrorNote({ error }: { error: number }) {
  if (error === 0) return null;
  return (
    <span class="muted" title="Counted by a sketch; the relative standard error">
      ± {share(error)}
    </span>
  );
}
