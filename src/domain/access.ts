import type { Actor, Scope } from "./actor.ts";
import { AppError } from "./errors.ts";

/** The organisation an API key may act for, if it carries `scope`. 401 without a credential, 403 without the scope. */
export function requireScope(actor: Actor, scope: Scope): string {
  switch (actor.kind) {
    case "anonymous":
      throw new AppError("unauthorized", `A credential with the scope "${scope}" is required`);
    case "operator":
      throw new AppError(
        "forbidden",
        `The operator key belongs to no organisation: use an API key with "${scope}"`,
      );
    case "api-key":
      if (!actor.scopes.includes(scope))
        throw new AppError("forbidden", `The API key lacks the scope "${scope}"`);
      return actor.orgId;
    default:
      return actor satisfies never;
  }
}

export function requireOperator(actor: Actor): void {
  if (actor.kind === "anonymous") throw new AppError("unauthorized", "The operator key is required");
  if (actor.kind !== "operator") throw new AppError("forbidden", "Only the operator may do this");
}
