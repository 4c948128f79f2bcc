import type { Deps } from "../../deps.ts";
import { failContent } from "../../db/queries/image-work.ts";
import { sendWritten } from "../outbox.ts";

const DETAIL = "The image could not be processed in several attempts: send it again, or ask the operator";

/** Says of an image whose job is among the dead letters that it has failed; its owner is told no more than that. */
export async function giveUpImage(
  ctx: Pick<Deps, "db" | "jobs" | "clock" | "log">,
  sha256: string,
): Promise<void> {
  const failed = { sha256, now: ctx.clock.now(), code: "processing_failed" as const, detail: DETAIL };
  const { unsent } = await failContent(ctx.db, failed);
  await sendWritten(ctx, unsent);
}
