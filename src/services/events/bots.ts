import { isbot } from "isbot";
import type { BotReason } from "../../domain/event.ts";

const READ_CHARACTERS = 512;

/** Whether a `User-Agent` is a machine's, by its own words; `null` where the client is not known. */
export function botReasonOf(userAgent: string | null): BotReason | null {
  if (userAgent === null) return null;
  if (userAgent.trim() === "") return "no_user_agent";
  return isbot(userAgent.slice(0, READ_CHARACTERS)) ? "user_agent" : null;
}
