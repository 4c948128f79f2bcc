import type { Child } from "hono/jsx";
import { DEPENDENCIES } from "../../domain/breaker.ts";
import type { Deployment } from "../../services/operations/deployment.ts";
import { count } from "../dashboard/format.ts";
import { sumOf } from "./counters.ts";
import type { OpsMetrics } from "./view.ts";
import { moment, span } from "./words.ts";

const BREAKERS = ["closed", "half open", "open"] as const;

interface Props {
  metrics: OpsMetrics;
  deployment: Deployment | null;
  now: number;
}

/** How the search index, the isolates and the ways to what they depend on stand. */
export function StatePanel({ metrics, deployment, now }: Props) {
  const { isolates, isolate, gauges } = metrics;
  const [brownout, loaded, behind] = ["brownout_level", "index_loaded", "index_behind"].map(
    (gauge) => gauges.find(({ name }) => name === gauge)?.value ?? 0,
  );
  const [shed, retries, timeouts] = ["requests_shed", "call_retries", "call_timeouts"].map((counter) =>
    sumOf(metrics, counter),
  );
  return (
    <section class="panel" aria-labelledby="state-title">
      <h2 id="state-title">Index and isolates</h2>
      <dl class="ops-state">
        {deployment === null ? null : <IndexFacts index={deployment.index} now={now} />}
        <Fact name="Isolates">
          {count(isolates.heard)} heard of in five minutes
          {isolates.oldest_started_at === null
            ? ""
            : `, the oldest up ${span(now - isolates.oldest_started_at)}`}
        </Fact>
        <Fact name="This one">
          <code title={isolate.id}>…{isolate.id.slice(-6)}</code>, up {span(isolate.uptime_seconds * 1_000)}
        </Fact>
        <Fact name="Brown-out">
          {brownout === 0 ? "none" : `${count(brownout)} store${brownout === 1 ? "" : "s"} done without`}
        </Fact>
        <Fact name="Hold the index">
          {count(loaded)} isolates, {behind === 0 ? "none behind" : `${count(behind)} behind`}
        </Fact>
        <Fact name="Refused for lack of room">{count(shed)} requests</Fact>
        <Fact name="Calls repeated">
          {count(retries)}, and {count(timeouts)} took too long
        </Fact>
      </dl>
      <h3 class="ops-sub">Circuit breakers</h3>
      <Breakers metrics={metrics} />
    </section>
  );
}

/** Each dependency's worst of all isolates; one that never opened is closed. */
function Breakers({ metrics }: Pick<Props, "metrics">) {
  return (
    <ul class="ops-breakers">
      {DEPENDENCIES.map((of) => {
        const state = metrics.gauges.find(
          ({ name, labels }) => name === "breaker_state" && labels.breaker === of,
        );
        const opened = sumOf(metrics, "breaker_transitions", { breaker: of, to: "open" });
        return (
          <li class={`ops-breaker ops-breaker-${state?.value ?? 0}`}>
            <span>{of.replaceAll("-", " ")}</span>
            <strong>{BREAKERS[state?.value ?? 0] ?? "unknown"}</strong>
            {opened === 0 ? null : <span class="muted">opened {count(opened)} times</span>}
          </li>
        );
      })}
    </ul>
  );
}

function IndexFacts({ index, now }: Pick<Deployment, "index"> & { now: number }) {
  const behind = index.oldest_pending_at === null ? null : now - index.oldest_pending_at;
  return (
    <>
      <Fact name="Generation">
        {count(index.generation)}
        {index.built_at === null ? "" : `, built ${span(now - index.built_at)} ago`}
      </Fact>
      <Fact name="Products">{count(index.documents)}</Fact>
      <Fact name="Changes since">
        {count(index.pending)}
        {behind === null ? ", all merged" : `, the oldest ${span(behind)} ago`}
      </Fact>
      <Fact name="Last change">{index.newest_change_at === null ? "–" : moment(index.newest_change_at)}</Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
