import type { Ctx } from "../../deps.ts";
import { findExperiment, listExperiments as listRows } from "../../db/queries/experiment-rows.ts";
import type { CountedExperiments, ExperimentRow } from "../../db/queries/experiment-rows.ts";
import {
  describeExperiment,
  endExperiment as endRow,
  insertExperiment,
} from "../../db/queries/experiments.ts";
import type { Inserted, Written } from "../../db/queries/experiments.ts";
import { AppError } from "../../domain/errors.ts";
import { ARMS, DEPLOYMENT, valueText } from "../../domain/experiment.ts";
import type { Arm, ExperimentLifeState, Parameter, Unit } from "../../domain/experiment.ts";
import { toBase64Url } from "../../domain/base64url.ts";
import { auditLine } from "../audit/line.ts";
import { afterOf, keysetPage } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { NO_COUNTS, readingOf } from "./reading.ts";
import type { Counts } from "./reading.ts";
import type { Reading } from "./reading-types.ts";
import { askerOfScope, requireParameter, requireScopeOf, requireStandingIn } from "./scope.ts";
import type { Owner } from "./scope.ts";
import { requireValue } from "./values.ts";

export interface Experiment extends Omit<ExperimentRow, "number" | "scope"> {
  /** Id of the organisation; `null` for the deployment's. */
  org: string | null;
  reading: Reading;
}

export interface ExperimentInput {
  name: string;
  description: string;
  parameter: Parameter;
  /** The present setting where it is not given. */
  control?: unknown;
  treatment: unknown;
  unit: Unit;
  share: number;
  outcome: string;
}

type ReadCtx = Ctx<"db" | "clock" | "config">;
export interface ExperimentName {
  owner: Owner;
  name: string;
}

/**
 * Starts an experiment; searches follow within two seconds. Throws `conflict` where its name was used before or its parameter
 * is being tried or too many run, `invalid_input` for a value that the parameter does not take or that holds anyway.
 */
export async function startExperiment(
  ctx: Ctx<"db" | "clock">,
  { owner, ...input }: ExperimentInput & { owner: Owner },
): Promise<Experiment> {
  const scope = requireScopeOf(ctx.actor, "experiments:write", owner);
  const asker = askerOfScope(ctx.actor, owner);
  const { parameter, control, treatment, name, description, unit, share, outcome } = input;
  requireParameter(owner, parameter);
  requireUnit(parameter, unit);
  const row = {
    scope,
    name,
    description,
    parameter,
    unit,
    share,
    outcome,
    control: control === undefined ? null : requireValue(parameter, control, "control"),
    treatment: requireValue(parameter, treatment, "treatment"),
    salt: toBase64Url(crypto.getRandomValues(new Uint8Array(SALT_BYTES))),
    startedAt: ctx.clock.now(),
  };
  const facts = { parameter, treatment: valueText(parameter, row.treatment), share };
  const audit = auditLine(ctx, "experiment.started", { target: name, facts });
  const found = await insertExperiment(ctx.db, row, { asker, audit });
  if (found.inserted !== null)
    return withReading({ counts: [], latencies: [] }, found.inserted, row.startedAt);
  requireStandingIn(owner, asker, found.before);
  throw inTheWay(name, parameter, found);
}

const SALT_BYTES = 16;

function requireUnit(parameter: Parameter, unit: Unit): void {
  if (unit === "user" || parameter === "ranking" || parameter === "search_page_size") return;
  const errors = [{ path: "unit", message: "Expected user" }];
  throw new AppError("invalid_input", {
    detail: `Of "${parameter}" nothing is asked: its unit is the user`,
    errors,
  });
}

function inTheWay(name: string, parameter: Parameter, { others, hasRoom }: Inserted): AppError {
  if (others.some((other) => other.name === name))
    return new AppError("conflict", `There is, or was, an experiment "${name}": names are used once`);
  const running = others.find(({ endedAt }) => endedAt === null);
  if (running !== undefined)
    return new AppError(
      "conflict",
      `The experiment "${running.name}" is running on "${parameter}": end it first`,
    );
  if (!hasRoom)
    return new AppError("conflict", "As many experiments of organisations run as the deployment holds");
  const errors = [{ path: "treatment", message: "Expected another value than control's" }];
  return new AppError("invalid_input", { detail: "Control and treatment are the same", errors });
}

/** By name; `state` is `null` for all. */
export async function listExperiments(
  ctx: ReadCtx,
  { owner, state }: { owner: Owner; state: ExperimentLifeState | null },
  { cursor, limit }: PageRequest,
): Promise<Page<Experiment>> {
  const scope = requireScopeOf(ctx.actor, "stats:read", owner);
  const cursorScope = `experiments:${scope}:${state ?? "all"}`;
  const after = await afterOf(ctx, cursorScope, cursor);
  const found = await listRows(ctx.db, { scope, state, after, limit: limit + 1 });
  const paging = { limit, placeOf: ({ name }: ExperimentRow) => ({ id: name }) };
  const { items, nextCursor } = await keysetPage(ctx, cursorScope, found.rows, paging);
  return { items: items.map((row) => withReading(found, row, ctx.clock.now())), nextCursor };
}

export async function getExperiment(
  ctx: Ctx<"db" | "clock">,
  { owner, name }: ExperimentName,
): Promise<Experiment> {
  const scope = requireScopeOf(ctx.actor, "stats:read", owner);
  const found = await findExperiment(ctx.db, { scope, name });
  return onlyOne(found, name, ctx.clock.now());
}

/** Only its description: what decides on the split or the count cannot be changed under way. */
export async function updateExperiment(
  ctx: Ctx<"db" | "clock">,
  { owner, name, description }: ExperimentName & { description: string },
): Promise<Experiment> {
  const scope = requireScopeOf(ctx.actor, "experiments:write", owner);
  const asker = askerOfScope(ctx.actor, owner);
  const audit = auditLine(ctx, "experiment.described", { target: name });
  const written = await describeExperiment(ctx.db, { scope, name }, { asker, audit, description });
  if (!written.isWritten) requireStandingIn(owner, asker, written.before);
  return onlyOne(written, name, ctx.clock.now());
}

/**
 * Ends it by one change: the treatment becomes the setting of all, or nothing changes but that nobody gets it any more. Throws
 * `conflict` where it had ended otherwise; the same end again answers as the first.
 */
export async function endExperiment(
  ctx: Ctx<"db" | "clock">,
  { owner, name, decision }: ExperimentName & { decision: Arm },
): Promise<Experiment> {
  const scope = requireScopeOf(ctx.actor, "experiments:write", owner);
  const asker = askerOfScope(ctx.actor, owner);
  const now = ctx.clock.now();
  const audit = auditLine(ctx, "experiment.ended", { target: name, facts: { decision } });
  const written: Written = await endRow(ctx.db, { scope, name }, { asker, audit, decision, now });
  if (!written.isWritten) requireStandingIn(owner, asker, written.before);
  const experiment = onlyOne(written, name, now);
  if (experiment.decision === decision) return experiment;
  throw new AppError("conflict", `The experiment "${name}" has ended with "${experiment.decision}"`);
}

function onlyOne(found: CountedExperiments, name: string, now: number): Experiment {
  const [row] = found.rows;
  if (row === undefined) throw new AppError("not_found", `There is no experiment "${name}"`);
  return withReading(found, row, now);
}

/** One that has ended is read as it was then: nothing was counted since. */
function withReading(
  found: Pick<CountedExperiments, "counts" | "latencies">,
  { number, scope, ...row }: ExperimentRow,
  now: number,
): Experiment {
  const asOf = row.endedAt ?? now;
  const reading = readingOf(countsOf(found, number), { unit: row.unit, share: row.share, asOf });
  return { ...row, org: scope === DEPLOYMENT ? null : scope, reading };
}

function countsOf(
  { counts, latencies }: Pick<CountedExperiments, "counts" | "latencies">,
  number: number,
): Counts {
  const ofArm = (arm: Arm) => {
    const isIt = (row: { experiment: number; arm: number }) =>
      row.experiment === number && row.arm === ARMS.indexOf(arm);
    return { ...NO_COUNTS, ...counts.find(isIt), latencies: latencies.filter(isIt) };
  };
  return { control: ofArm("control"), treatment: ofArm("treatment") };
}
