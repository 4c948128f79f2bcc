import { isAway } from "../../domain/errors.ts";
import { drainJournal } from "../../services/events/journal.ts";
import type { JobHandler } from "../handler.ts";

/** The database may be away for long: each minute's tick tries again, and no delivery is used up by it. */
export const drainEvents: JobHandler = async (ctx) => {
  try {
    await drainJournal(ctx);
  } catch (error) {
    if (!isAway(error)) throw error;
    ctx.log.warn("journal_not_drained", { error: String(error) });
  }
};
