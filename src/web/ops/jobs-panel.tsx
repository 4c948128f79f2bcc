import type { JobFigures } from "../../domain/metrics/overview.ts";
import type { Spread } from "../../domain/metrics/spread.ts";
import type { QueueBacklog } from "../../ports/queues.ts";
import type { Deployment } from "../../services/operations/deployment.ts";
import { count } from "../dashboard/format.ts";
import { logScale } from "./chart-model.ts";
import type { OpsMetrics } from "./view.ts";
import { millis, span } from "./words.ts";

interface Props {
  metrics: OpsMetrics;
  deployment: Deployment | null;
  now: number;
}

/** What the queue did by kind of job: how late it was, and what went wrong. */
export function JobsPanel({ metrics: { jobs, queues }, deployment, now }: Props) {
  const scale = logScale(
    jobs.flatMap(({ age_ms: age, lag_ms: lag }) => [lag?.p50 ?? null, age?.p99 ?? null]),
  );
  return (
    <section class="panel" aria-labelledby="jobs-title">
      <h2 id="jobs-title">Queue</h2>
      {deployment === null ? null : <Backlog queue={deployment.queue} now={now} />}
      {queues === null || queues.length === 0 ? null : <Queues queues={queues} now={now} />}
      {jobs.length === 0 ? (
        <p class="note">No job ran in these minutes.</p>
      ) : (
        <div class="table-scroll ops-scroll" tabindex={0} role="group" aria-label="Jobs">
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">Done</th>
                <th scope="col">Tried again</th>
                <th scope="col">Failed for good</th>
                <th scope="col">Lag p50</th>
                <th scope="col">Lag p99</th>
                <th scope="col">Age p99</th>
                <th scope="col">
                  From {millis(scale.ticks[0])} to {millis(scale.ticks[scale.ticks.length - 1])}
                </th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <Row job={job} place={scale.place} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Queues({ queues, now }: { queues: readonly QueueBacklog[]; now: number }) {
  const told = queues.map(({ queue, messages, oldestAt }) => {
    const since = oldestAt === null ? "" : `, the oldest ${span(now - oldestAt)} old`;
    return `${queue} ${count(messages)}${since}`;
  });
  return <p class="ops-facts">In the queues: {told.join(" · ")}</p>;
}

function Backlog({ queue, now }: Pick<Deployment, "queue"> & { now: number }) {
  const { outbox, oldest_at: oldest, dead_letters: dead } = queue;
  return (
    <p class="ops-facts" id="backlog">
      <strong>{count(outbox)}</strong> written and not yet handed over
      {oldest === null ? "" : `, the oldest ${span(now - oldest)} ago`} · <strong>{count(dead)}</strong> dead
      letters
    </p>
  );
}

function Row({ job, place }: { job: JobFigures; place: (value: number) => number }) {
  const { kind, done, failed, buried, lag_ms: lag, age_ms: age } = job;
  return (
    <tr>
      <th scope="row">
        <code>{kind}</code>
      </th>
      <td>{count(done)}</td>
      <td class={failed > 0 ? "ops-warn" : undefined}>{count(failed)}</td>
      <td class={buried > 0 ? "ops-warn" : undefined}>{count(buried)}</td>
      <td>{millis(lag?.p50 ?? null)}</td>
      <td>{millis(lag?.p99 ?? null)}</td>
      <td>{millis(age?.p99 ?? null)}</td>
      <td>
        <Range lag={lag} age={age} place={place} />
      </td>
    </tr>
  );
}

/** Lag above, age below, each from p50 to p99 on one scale of decades. */
function Range({
  lag,
  age,
  place,
}: {
  lag: Spread | null;
  age: Spread | null;
  place: (value: number) => number;
}) {
  const bars = [
    [lag, 5, "ops-range-lag"],
    [age, 13, "ops-range-age"],
  ] as const;
  return (
    <svg class="ops-range" width="140" height="18" aria-hidden="true" focusable="false">
      <line class="grid" x1="3" x2="137" y1="9.5" y2="9.5" />
      {bars.map(([spread, y, look]) =>
        spread === null ? null : (
          <line
            class={look}
            x1={3 + place(spread.p50) * 134}
            x2={3 + place(spread.p99) * 134 + 0.01}
            y1={y}
            y2={y}
          />
        ),
      )}
    </svg>
  );
}
