import type { Ctx, Deps } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { newId } from "../../domain/ids.ts";
import { userDigest } from "../../domain/user-digest.ts";
import { markErased, removeSome } from "../../db/queries/erase-user.ts";
import { forgetParticipant } from "../../db/queries/experiment-sweep.ts";
import { unitsOf } from "../experiments/units-of.ts";
import { auditLine } from "../audit/line.ts";
import { askerOf, requireStanding } from "../orgs/asker.ts";
import { relayOutbox } from "../outbox.ts";

/** Of one transaction. */
const REMOVED_EVENTS = 2_000;
/** What the request itself does: nearly every user. */
const ROUNDS_NOW = 5;
const ROUNDS_A_JOB = 50;

type EraseCtx = Ctx<"db" | "clock" | "jobs" | "lifetime" | "log">;

/**
 * Erases one user of an organisation: id, name, events, presence and all they count for; what they did up to now is not taken
 * again. Who asks must be allowed to by the database's present word. Sums of experiments, and counts of events that retention had forgotten stay in the organisation's totals, without a name. Erasing twice
 * changes nothing. The user is gone from every list at once; of many events, a job removes the rest.
 */
export async function eraseUser(ctx: EraseCtx, input: { org: string; userId: string }): Promise<void> {
  const orgId = requirePermission(ctx.actor, "people:erase", input.org);
  const { userId } = input;
  const jobId = newId("job", ctx.clock);
  const asker = askerOf(ctx.actor, "people:erase");
  const digest = userDigest(userId);
  // The id is what was erased: the line has its digest alone, as `erased_users`.
  const audit = auditLine(ctx, "user.erased", { facts: { digest } });
  const marked = { orgId, asker, userId, digest, now: ctx.clock.now(), jobId, audit };
  const { standing, found, experiments } = await markErased(ctx.db, marked);
  requireStanding(asker, standing, input.org);
  if (experiments.length > 0) await forgetParticipant(ctx.db, unitsOf(experiments, userId));
  if (found === null) return;
  if (!(await removeRounds(ctx, found, ROUNDS_NOW))) ctx.lifetime.defer(relayOutbox(ctx));
}

/** `true` once nothing of the user is left. */
async function removeRounds(
  deps: Pick<Deps, "db">,
  user: { org: number; user: number },
  rounds: number,
): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    if (!(await removeSome(deps.db, { ...user, limit: REMOVED_EVENTS }))) return true;
  }
  return false;
}

/** Goes on with an erasure; what is left is another job's. */
export async function eraseRest(
  deps: Pick<Deps, "db" | "clock" | "jobs">,
  user: { org: number; user: number },
): Promise<void> {
  if (await removeRounds(deps, user, ROUNDS_A_JOB)) return;
  await deps.jobs.send([{ id: newId("job", deps.clock), kind: "events.erase", payload: { ...user } }]);
}
