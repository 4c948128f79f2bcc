import type { Deps } from "../../deps.ts";
import { failContent } from "../../db/queries/image-work.ts";
import { relayOutbox } from "../outbox.ts";

const DETAIL = "The image could not be processed in several attempts: send it again, or ask the operator";

/** Says of an image whose job is among the dead letters that it has failed; its owner is told no more than that. */
export async function giveUpImage(
  ctx: Pick<Deps, "db" | "jobs" | "clock" | "log">,
  sha256: string,
): Promise<void> {
  await failContent(ctx.db, { sha256, now: ctx.clock.now(), code: "processing_failed", detail: DETAIL });
  await relayOutbox(ctx);
}
