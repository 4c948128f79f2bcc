import type { Actor } from "../../domain/actor.ts";
import { requireOperator, requirePermission } from "../../domain/access.ts";
import type { Permission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { DEPLOYMENT, PARAMETERS, PARAMETERS_OF_ORGS } from "../../domain/experiment.ts";
import type { Parameter } from "../../domain/experiment.ts";
import type { Asker, Standing } from "../../db/queries/standing.ts";
import { askerOf, requireStanding } from "../orgs/asker.ts";

/** Whose experiments: an organisation's, by its id or slug, or the deployment's for `null`. */
export type Owner = string | null;

/** The scope, for who may do `permission` there: the deployment's is the operator's alone. */
export function requireScopeOf(actor: Actor, permission: Permission, owner: Owner): string {
  if (owner !== null) return requirePermission(actor, permission, owner);
  requireOperator(actor);
  return DEPLOYMENT;
}

export function askerOfScope(actor: Actor, owner: Owner): Asker {
  return owner === null ? null : askerOf(actor, "experiments:write");
}

/** Throws for who may, by what the database said, no longer write. */
export function requireStandingIn(owner: Owner, asker: Asker, before: Standing | undefined): void {
  if (owner !== null) requireStanding(asker, before, owner);
}

/** Throws `invalid_input` for what an organisation's own search does not depend on. */
export function requireParameter(owner: Owner, parameter: Parameter): void {
  const allowed: readonly Parameter[] = owner === null ? PARAMETERS : PARAMETERS_OF_ORGS;
  if (allowed.includes(parameter)) return;
  const errors = [{ path: "parameter", message: `Expected one of ${allowed.join(", ")}` }];
  throw new AppError("invalid_input", { detail: `Only the operator varies "${parameter}"`, errors });
}
