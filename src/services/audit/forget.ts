import { forgetAudit } from "../../db/queries/audit-log.ts";
import type { Deps } from "../../deps.ts";
import { AUDIT_DAYS } from "../../domain/audit.ts";
import { DAY_MS } from "../../domain/event.ts";
import { firstIdAt } from "../../domain/ids.ts";

/** Of one tick. */
const LINES = 500;

/** Forgets lines that are older than 400 days, some at a time. The only way by which a line ends. */
export async function forgetOldAudit({ db, clock }: Pick<Deps, "db" | "clock">): Promise<number> {
  return forgetAudit(db, { before: firstIdAt("aud", clock.now() - AUDIT_DAYS * DAY_MS), limit: LINES });
}
