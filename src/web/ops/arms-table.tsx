import { ARMS, RANKING_WEIGHTS } from "../../domain/experiment.ts";
import type { Arm } from "../../domain/experiment.ts";
import type { Experiment } from "../../services/experiments/experiments.ts";
import type { Estimate } from "../../services/experiments/reading-types.ts";
import { count } from "../dashboard/format.ts";
import { RateRange } from "./interval.tsx";
import { millis, percentage } from "./words.ts";

const NAMES = { control: "Control", treatment: "Treatment" } as const;

/** What each arm was given, and what came of it. */
export function ArmsTable({ experiment }: { experiment: Experiment }) {
  const { name, outcome, unit, reading } = experiment;
  const most = ARMS.reduce((max, arm) => Math.max(max, reading.arms[arm].rate?.high ?? 0), 0);
  return (
    <div class="table-scroll" tabindex={0} role="group" aria-label={`The arms of ${name}`}>
      <table class="numbers ops-arms">
        <thead>
          <tr>
            <th scope="col">Arm</th>
            <th scope="col">{unit === "user" ? "Users" : "Queries"}</th>
            <th scope="col">Rate of {outcome}</th>
            <th scope="col">Interval</th>
            <th scope="col">Median latency</th>
          </tr>
        </thead>
        <tbody>
          {ARMS.map((arm) => {
            const { units, rate, latency } = reading.arms[arm];
            return (
              <tr>
                <th scope="row">
                  {NAMES[arm]} <span class="muted">{givenTo(experiment, arm)}</span>
                </th>
                <td>{count(units)}</td>
                <td>{rate === null ? "–" : percentage(rate.value)}</td>
                <td>{rate === null ? "–" : <Rate rate={rate} most={most} />}</td>
                <td>{latency === null ? "–" : millis(latency.median.value)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Rate({ rate, most }: { rate: Estimate; most: number }) {
  return (
    <>
      <RateRange estimate={rate} most={most} />
      <span class="visually-hidden">
        {percentage(rate.low)} to {percentage(rate.high)}
      </span>
    </>
  );
}

/** `30`, or of weights those in which the arms differ: `popularity 1`. */
function givenTo({ control, treatment }: Experiment, arm: Arm): string {
  const given = { control, treatment }[arm];
  if (typeof given === "number") return String(given);
  const differing = RANKING_WEIGHTS.filter(
    (name) =>
      typeof control === "number" || typeof treatment === "number" || control[name] !== treatment[name],
  );
  return differing.map((name) => `${name} ${given[name]}`).join(", ");
}
