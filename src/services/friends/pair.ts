import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { Pair, Viewer } from "../../db/queries/people.ts";

/** Who asks. Throws `unauthorized` and, for keys, `forbidden`. */
export function viewerOf({ actor, config }: Ctx<"config">): Viewer {
  return { viewer: requireUser(actor).userId, confirmedOnly: config.emailConfirmation };
}

/** Who asks, and another whom they name. Throws `invalid_input` for one's own id. */
export function pairOf(ctx: Ctx<"config">, other: string): Pair {
  const viewer = viewerOf(ctx);
  if (viewer.viewer !== other) return { ...viewer, other };
  throw new AppError("invalid_input", {
    detail: "This is your own id: name another person",
    errors: [{ path: "user", message: "Expected the id of another person" }],
  });
}

/** Said of nobody, of who waits for their address to be confirmed, and of who blocks the one who asks. */
export function noSuchPerson(id: string): AppError {
  return new AppError("not_found", `There is no person "${id}"`);
}

export function noAccount(): AppError {
  return new AppError("unauthorized", "The account does not exist any more");
}
