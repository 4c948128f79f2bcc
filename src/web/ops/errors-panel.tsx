import { count } from "../dashboard/format.ts";
import { Counts } from "./bars.tsx";
import type { OpsMetrics } from "./view.ts";

/** Why requests were answered with an error: by the code that programs decide on. */
export function ErrorsPanel({ metrics }: { metrics: OpsMetrics }) {
  const codes = metrics.counters
    .filter(({ name }) => name === "request_problems")
    .map(({ labels, value }) => [labels.code ?? "unknown", value] as const)
    .sort(([, a], [, b]) => b - a);
  const statuses = Object.entries(metrics.requests.status);
  return (
    <section class="panel" aria-labelledby="errors-title">
      <h2 id="errors-title">Errors by code</h2>
      {codes.length === 0 ? <p class="note">None in these minutes.</p> : <Counts rows={codes} of="Code" />}
      <p class="note">
        {statuses.length === 0
          ? ""
          : `Answers by class: ${statuses.map(([of, value]) => `${of} ${count(value)}`).join(", ")}`}
      </p>
    </section>
  );
}
