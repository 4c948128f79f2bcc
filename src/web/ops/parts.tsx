import type { JSX } from "hono/jsx/jsx-runtime";
import { CachesPanel } from "./caches-panel.tsx";
import { DatabasePanel } from "./database-panel.tsx";
import { ErrorsPanel } from "./errors-panel.tsx";
import { ExperimentsPanel } from "./experiments-panel.tsx";
import { Headline } from "./headline.tsx";
import { JobsPanel } from "./jobs-panel.tsx";
import { LatencyPanel } from "./latency-panel.tsx";
import { LettersPanel } from "./letters-panel.tsx";
import { RoutesTable } from "./routes-table.tsx";
import { StatePanel } from "./state-panel.tsx";
import { StoresPanel } from "./stores-panel.tsx";
import type { OpsMetrics, OpsPart, OpsState } from "./view.ts";
import { moment } from "./words.ts";

type Draw = (state: OpsState) => JSX.Element;

function ofMetrics(draw: (metrics: OpsMetrics, state: OpsState) => JSX.Element): Draw {
  return (state) => (state.metrics.value === null ? <></> : draw(state.metrics.value, state));
}

/** The parts of the page in their order, by the id of the element that holds each: the server draws them, and the island anew. */
export const PARTS: Readonly<Record<string, Draw>> = {
  "ops-problem": ({ metrics, deployment }) => (
    <>
      <Away title="The metrics do not answer just now" of={metrics} />
      <Away title="The database does not answer just now" of={deployment} />
    </>
  ),
  "ops-headline": ofMetrics((metrics, { deployment, query, now }) => (
    <Headline metrics={metrics} deployment={deployment.value} minutes={query.minutes} now={now} />
  )),
  "ops-latency": ofMetrics((metrics, { query }) => <LatencyPanel metrics={metrics} query={query} />),
  "ops-routes": ofMetrics((metrics, { query }) => <RoutesTable metrics={metrics} query={query} />),
  "ops-errors": ofMetrics((metrics) => (
    <>
      <ErrorsPanel metrics={metrics} />
      <StoresPanel metrics={metrics} />
    </>
  )),
  "ops-caches": ofMetrics((metrics) => <CachesPanel metrics={metrics} />),
  "ops-state": ofMetrics((metrics, { deployment, now }) => (
    <StatePanel metrics={metrics} deployment={deployment.value} now={now} />
  )),
  "ops-jobs": ofMetrics((metrics, { deployment, now }) => (
    <JobsPanel metrics={metrics} deployment={deployment.value} now={now} />
  )),
  "ops-letters": ({ letters, query, now }) => (
    <>
      <Away title="The dead letters do not answer just now" of={letters} />
      {letters.value === null ? null : <LettersPanel letters={letters.value} query={query} now={now} />}
    </>
  ),
  "ops-experiments": ({ experiments, now }) => (
    <>
      <Away title="The experiments do not answer just now" of={experiments} />
      {experiments.value === null ? null : <ExperimentsPanel experiments={experiments.value} now={now} />}
    </>
  ),
  "ops-database": ofMetrics((metrics, { query }) => <DatabasePanel metrics={metrics} query={query} />),
};

/** Where a part has failed: what is shown of it, if anything is, is old. */
function Away({ title, of: { value, failure, readAt } }: { title: string; of: OpsPart<unknown> }) {
  if (failure === null) return <></>;
  return (
    <section class="panel ops-away" role="alert">
      <h2>{title}</h2>
      <p class="note">
        {failure}
        {value === null ? null : <>. Shown as of {moment(readAt)}.</>}
      </p>
    </section>
  );
}
