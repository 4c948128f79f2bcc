import type { Ctx } from "../../deps.ts";
import { readTunings, writeTuning } from "../../db/queries/tunings.ts";
import type { TuningRow } from "../../db/queries/tunings.ts";
import { DEPLOYMENT, PARAMETERS, PARAMETERS_OF_ORGS, STANDARD, valueText } from "../../domain/experiment.ts";
import type { Parameter, ParameterValue } from "../../domain/experiment.ts";
import { AppError } from "../../domain/errors.ts";
import { auditLine } from "../audit/line.ts";
import { askerOfScope, requireParameter, requireScopeOf, requireStandingIn } from "./scope.ts";
import type { Owner } from "./scope.ts";
import { requireValue } from "./values.ts";

/** A parameter as it holds without an experiment. */
export interface Setting {
  parameter: Parameter;
  value: ParameterValue;
  /** Whose it is: this scope's own, the deployment's, or nobody's. */
  from: "own" | "deployment" | "standard";
  /** Milliseconds since the epoch; `null` for the standard. */
  updatedAt: number | null;
}

export async function listSettings(ctx: Ctx<"db">, owner: Owner): Promise<Setting[]> {
  const scope = requireScopeOf(ctx.actor, "stats:read", owner);
  return settingsOf(scope, owner, await readTunings(ctx.db, scope));
}

/** Sets a parameter, or with `null` gives it back to the deployment. Throws `conflict` while an experiment runs on it. */
export async function putSetting(
  ctx: Ctx<"db" | "clock">,
  { owner, parameter, value: given }: { owner: Owner; parameter: Parameter; value: unknown },
): Promise<Setting[]> {
  const scope = requireScopeOf(ctx.actor, "experiments:write", owner);
  const asker = askerOfScope(ctx.actor, owner);
  requireParameter(owner, parameter);
  const value = given === null ? null : requireValue(parameter, given, "value");
  const facts = { value: value === null ? "given back" : valueText(parameter, value) };
  const audit = auditLine(ctx, "setting.changed", { target: parameter, facts });
  const row = { scope, parameter, value, now: ctx.clock.now() };
  const written = await writeTuning(ctx.db, row, { asker, audit });
  requireStandingIn(owner, asker, written.before);
  if (written.running !== null)
    throw new AppError(
      "conflict",
      `The experiment "${written.running}" is running on "${parameter}": end it first`,
    );
  if (!written.hasRoom)
    throw new AppError("conflict", "The deployment holds no more settings of organisations");
  return settingsOf(scope, owner, written.rows);
}

function settingsOf(scope: string, owner: Owner, rows: readonly TuningRow[]): Setting[] {
  return (owner === null ? PARAMETERS : PARAMETERS_OF_ORGS).map((parameter) => {
    const own = rows.find((row) => row.scope === scope && row.parameter === parameter);
    const row = own ?? rows.find((one) => one.scope === DEPLOYMENT && one.parameter === parameter);
    if (row === undefined)
      return { parameter, value: STANDARD[parameter], from: "standard", updatedAt: null };
    return { parameter, value: row.value, from: own ? "own" : "deployment", updatedAt: row.updatedAt };
  });
}
