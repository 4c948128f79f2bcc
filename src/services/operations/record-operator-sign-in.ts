import { appendAudit } from "../../db/queries/audit.ts";
import type { Ctx } from "../../deps.ts";
import { auditLine } from "../audit/line.ts";

/** The line of the audit log. While it cannot be written the operator is let in all the same: they must see what is the matter. */
export async function recordOperatorSignIn(ctx: Ctx<"db" | "clock" | "log">): Promise<void> {
  try {
    await appendAudit(ctx.db, null, auditLine(ctx, "operator.signed_in"));
  } catch (error) {
    ctx.log.warn("operator_sign_in_unrecorded", { error: String(error) });
  }
}
