import { count } from "../dashboard/format.ts";
import type { OpsEstimate, OpsExperiment } from "./view.ts";
import { span } from "./words.ts";

const VERDICTS: Readonly<Record<string, string>> = {
  too_few: "Too few to say",
  undecided: "Undecided",
  treatment_better: "Treatment is better",
  control_better: "Control is better",
  invalid: "Invalid",
};
const WARNINGS: Readonly<Record<string, string>> = {
  sample_ratio_mismatch: "The split is not the one asked for: something loses units of one arm.",
  few_units: "Few units so far.",
};

/** What runs, and how sure one may be: intervals that hold however often one looks. */
export function ExperimentsPanel({
  experiments,
  now,
}: {
  experiments: readonly OpsExperiment[];
  now: number;
}) {
  const reach = experiments.reduce((most, { difference }) => Math.max(most, extent(difference)), 0) * 1.1;
  return (
    <section class="panel" aria-labelledby="experiments-title">
      <h2 id="experiments-title">Experiments</h2>
      {experiments.length === 0 ? (
        <p class="note">
          None runs. They are begun by the API, at <code>/v1/admin/experiments</code>.
        </p>
      ) : (
        <ul class="ops-experiments">
          {experiments.map((one) => (
            <Experiment one={one} reach={reach} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function extent(estimate: OpsEstimate | null): number {
  return estimate === null ? 0 : Math.max(Math.abs(estimate.low), Math.abs(estimate.high));
}

function Experiment({ one, reach, now }: { one: OpsExperiment; reach: number; now: number }) {
  const { name, org, description, outcome, difference, verdict, units, conversions, warnings } = one;
  return (
    <li class="ops-experiment">
      <p class="ops-letter-head">
        <strong>{name}</strong>
        <span class="tag">{VERDICTS[verdict] ?? verdict}</span>
        <span class="muted">
          {org ?? "all"}, {one.ended_at === null ? `for ${span(now - one.started_at)}` : "ended"}
        </span>
      </p>
      {description === "" ? null : <p class="muted small">{description}</p>}
      <Interval estimate={difference} reach={reach} />
      <p class="small">
        {difference === null
          ? "No difference can be told yet"
          : `${signed(difference.value)} points of ${outcome} (${signed(difference.low)} to ${signed(difference.high)})`}
        , {count(units)} units, {count(conversions)} outcomes
      </p>
      {warnings.map((warning) => (
        <p class="ops-warn small">{WARNINGS[warning] ?? warning}</p>
      ))}
    </li>
  );
}

/** Around zero: left of it the treatment is worse. For the eye alone, the words stand below. */
function Interval({ estimate, reach }: { estimate: OpsEstimate | null; reach: number }) {
  const x = (value: number): string => `${(50 + (50 * value) / (reach === 0 ? 1 : reach)).toFixed(2)}%`;
  return (
    <svg class="ops-interval" width="100%" height="26" aria-hidden="true" focusable="false">
      <line class="grid" x1="0" x2="100%" y1="13.5" y2="13.5" />
      <line class="ops-zero" x1="50%" x2="50%" y1="2" y2="24" />
      {estimate === null ? null : (
        <>
          <line class="ops-range-age" x1={x(estimate.low)} x2={x(estimate.high)} y1="13" y2="13" />
          <circle class="ops-estimate" cx={x(estimate.value)} cy="13" r="5" />
        </>
      )}
    </svg>
  );
}

/** A share as points of a hundred: `+0.42`. */
function signed(share: number): string {
  const points = share * 100;
  return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(2)}`;
}
