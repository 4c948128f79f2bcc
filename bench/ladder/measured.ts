import type { Outcome } from "../overload/open-loop.ts";
import { percentile } from "../statistics.ts";
import { JOB_NAMES, jobOf } from "./steps.ts";

export interface JobFigures {
  asked: number;
  /** With what was asked for, or a promise of it (202). */
  answered: number;
  /** Of those, what says that it is old, lacks something, or is done later. */
  marked: number;
  refused: number;
  /** An error that says nothing of when to come again, a cut connection, or no answer. */
  failed: number;
  /** Of all answers, ms. */
  p50: number;
  p99: number;
}

export interface StepFigures {
  name: string;
  jobs: Record<string, JobFigures>;
  /** Ms from the end of the fault to the last answer that shows it; 0 where none does. */
  recoveryMs: number;
}

function isAnswered({ status }: Outcome): boolean {
  return status >= 200 && status < 400;
}

function figuresOf(outcomes: readonly Outcome[]): JobFigures {
  const times = outcomes.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const answered = outcomes.filter(isAnswered);
  const refused = outcomes.filter(({ status }) => status === 503).length;
  return {
    asked: outcomes.length,
    answered: answered.length,
    marked: answered.filter(({ isMarked }) => isMarked).length,
    refused,
    failed: outcomes.length - answered.length - refused,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}

/** What was answered before `endMs` was so during the fault; what was asked after `mendedMs` tells of the recovery. */
export function stepFigures(
  name: string,
  outcomes: readonly Outcome[],
  { endMs, mendedMs }: { endMs: number; mendedMs: number },
): StepFigures {
  const during = outcomes.filter(({ due, ms }) => due < endMs && due + ms <= endMs);
  const late = outcomes.filter((one) => one.due >= mendedMs && (!isAnswered(one) || one.isMarked));
  const jobs = JOB_NAMES.map((job) => [job, figuresOf(during.filter(({ route }) => jobOf(route) === job))]);
  return {
    name,
    jobs: Object.fromEntries(jobs) as Record<string, JobFigures>,
    recoveryMs: Math.max(0, ...late.map(({ due, ms }) => due + ms - mendedMs)),
  };
}
