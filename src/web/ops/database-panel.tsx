import type { StatementFigures } from "../../domain/metrics/overview.ts";
import { count } from "../dashboard/format.ts";
import { Counts, Stack } from "./bars.tsx";
import { opsHref, STATEMENT_ORDERS } from "./query.ts";
import type { OpsQuery } from "./query.ts";
import { rowsOf } from "./counters.ts";
import type { OpsMetrics } from "./view.ts";
import { millis, rate } from "./words.ts";

const ORDERS = { total: "By all their time", worst: "By their slowest trip" } as const;
const SHOWN = 10;

/** Round trips, what failed of them, and the statements that cost most. */
export function DatabasePanel({ metrics, query }: { metrics: OpsMetrics; query: OpsQuery }) {
  const { database } = metrics;
  const { trips, latency_ms: latency, errors } = database;
  const statements = query.statements === "total" ? database.by_total : database.by_worst;
  return (
    <section class="panel" aria-labelledby="database-title">
      <header class="panel-head">
        <h2 id="database-title">Database</h2>
        <nav class="segments" aria-label="Order of the statements">
          {STATEMENT_ORDERS.map((order) => (
            <a
              id={`statements-${order}`}
              href={opsHref({ ...query, statements: order }, "#database-title")}
              data-ops-go=""
              aria-current={order === query.statements ? "true" : undefined}
            >
              {ORDERS[order]}
            </a>
          ))}
        </nav>
      </header>
      <p class="ops-facts">
        <strong>{count(trips)}</strong> round trips · p50 <strong>{millis(latency?.p50 ?? null)}</strong> ·
        p99 <strong>{millis(latency?.p99 ?? null)}</strong> · worst{" "}
        <strong>{millis(latency?.max ?? null)}</strong> · <strong>{count(rowsOf(metrics, "read"))}</strong>{" "}
        rows read, <strong>{count(rowsOf(metrics, "written"))}</strong> written
      </p>
      {errors.length === 0 ? null : (
        <Counts rows={errors.map(({ reason, count: times }) => [reason, times] as const)} of="What failed" />
      )}
      {statements.length === 0 ? (
        <p class="note">No statement ran in the last {query.minutes} minutes.</p>
      ) : (
        <Statements statements={statements.slice(0, SHOWN)} />
      )}
    </section>
  );
}

function Statements({ statements }: { statements: readonly StatementFigures[] }) {
  const most = statements.reduce((max, { total_ms }) => Math.max(max, total_ms), 0);
  return (
    <div class="table-scroll ops-scroll" tabindex={0} role="group" aria-label="Statements">
      <table class="numbers ops-statements">
        <thead>
          <tr>
            <th scope="col">Statements of one round trip</th>
            <th scope="col">Trips</th>
            <th scope="col">Rows/trip</th>
            <th scope="col">All</th>
            <th scope="col">Mean</th>
            <th scope="col">Worst</th>
            <th scope="col">Failed</th>
          </tr>
        </thead>
        <tbody>
          {statements.map((statement) => (
            <Row key={statement.text} statement={statement} most={most} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ statement, most }: { statement: StatementFigures; most: number }) {
  const { text, trips, rows, errors, total_ms, mean_ms, worst_ms } = statement;
  return (
    <tr>
      <th scope="row">
        <details>
          <summary>
            <code>{text}</code>
          </summary>
          <pre class="ops-code" tabindex={0} role="group" aria-label="The whole of it">
            {text}
          </pre>
        </details>
        <Stack
          parts={[
            ["memory", total_ms],
            ["fill", most - total_ms],
          ]}
        />
      </th>
      <td>{count(trips)}</td>
      <td>{rate(rows / trips)}</td>
      <td>{millis(total_ms)}</td>
      <td>{millis(mean_ms)}</td>
      <td>{millis(worst_ms)}</td>
      <td class={errors > 0 ? "ops-warn" : undefined}>{count(errors)}</td>
    </tr>
  );
}
