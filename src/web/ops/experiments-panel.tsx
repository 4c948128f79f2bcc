import type { Experiment } from "../../services/experiments/experiments.ts";
import { Confirm } from "../components/confirm.tsx";
import { ArmsTable } from "./arms-table.tsx";
import { Interval, reachOf } from "./interval.tsx";
import { millis, span } from "./words.ts";

const EXPERIMENTS_ACTION = "/ops/experiments";
const VERDICTS = {
  too_few: "Too few to say",
  undecided: "Undecided",
  treatment_better: "Treatment is better",
  control_better: "Control is better",
  invalid: "Invalid",
} as const satisfies Record<Experiment["reading"]["verdict"], string>;
const WARNINGS = {
  sample_ratio_mismatch: "The split is not the one asked for: something loses units of one arm.",
  few_units: "Nothing is read from so few units.",
} as const satisfies Record<Experiment["reading"]["warnings"][number], string>;

interface Props {
  experiments: readonly Experiment[];
  now: number;
}

/** The deployment's experiments that run, and how sure one may be of each. */
export function ExperimentsPanel({ experiments, now }: Props) {
  return (
    <section class="panel" aria-labelledby="experiments-title">
      <h2 id="experiments-title">Experiments</h2>
      {experiments.length === 0 ? (
        <p class="note">
          None runs. <code>vitrine experiments start</code> begins one, and <code>list</code> tells of those
          that ended.
        </p>
      ) : (
        <ul class="ops-experiments">
          {experiments.map((one) => (
            <Entry key={one.name} one={one} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ one, now }: { one: Experiment; now: number }) {
  const { name, description, parameter, startedAt, reading } = one;
  return (
    <li class="ops-experiment" id={`experiment-${name}`}>
      <div class="ops-letter-head">
        <h3>{name}</h3>
        <span class={`tag ops-verdict-${reading.verdict}`}>{VERDICTS[reading.verdict]}</span>
        <span class="muted">
          {parameter.replaceAll("_", " ")}, for {span(now - startedAt)}
        </span>
      </div>
      {description === "" ? null : <p class="note">{description}</p>}
      <ArmsTable experiment={one} />
      <Difference experiment={one} />
      {reading.warnings.map((warning) => (
        <p class={warning === "few_units" ? "note" : "ops-warn small"}>{WARNINGS[warning]}</p>
      ))}
      <EndForms name={name} />
    </li>
  );
}

function Difference({ experiment: { outcome, reading } }: { experiment: Experiment }) {
  const { difference, latencyDifference: latency, confidence } = reading;
  if (difference === null) return <></>;
  const bounds = [difference.low, difference.high].map(points).join(" to ");
  return (
    <>
      <Interval estimate={difference} reach={reachOf(difference)} />
      <p class="ops-facts">
        <strong>{points(difference.value)}</strong> points of {outcome} ({bounds},{" "}
        {Math.round(confidence * 100)} % sure however often one looks)
        {latency === null
          ? ""
          : ` · ${signed(latency.value)} of mean latency (${signed(latency.low)} to ${signed(latency.high)})`}
      </p>
    </>
  );
}

function EndForms({ name }: { name: string }) {
  const ends = [
    ["treatment", "End with the treatment", "The treatment becomes the setting of all requests."],
    ["control", "End with the control", "Nobody gets the treatment any more; all is as it was."],
  ] as const;
  return (
    <div class="ops-kinds">
      {ends.map(([decision, label, text]) => (
        <Confirm
          id={`end-${name}-${decision}`}
          label={label}
          about={name}
          title={`End ${name} with the ${decision}?`}
          text={`${text} Nothing is counted after this, and it cannot be begun again.`}
          action="End it"
          fields={{ name, decision }}
          to={EXPERIMENTS_ACTION}
        />
      ))}
    </div>
  );
}

/** A share as points of a hundred: `+0.42`. */
function points(share: number): string {
  const value = share * 100;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function signed(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${millis(Math.abs(ms))}`;
}
