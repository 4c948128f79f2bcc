import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import { noteReading } from "../../db/queries/timelines.ts";
import { TIMELINES } from "./timeline-settings.ts";
import type { TimelineSettings } from "./timeline-settings.ts";

/** A timeline that is read is noted once a day. */
const NOTE_MS = 24 * 3_600_000;

export type TimelineUsePorts = "db" | "clock" | "jobs" | "lifetime" | "log";

/** What a first page of the feed took. */
export interface FirstPage {
  viewer: string;
  /** `null` for an empty one. */
  rowsLooked: number | null;
  /** When the viewer's timeline was last noted as read; `null` for who has none. */
  timelineReadAt: number | null;
}

/**
 * After the response: asks for a timeline where the page was costly without one, by chance, so that it is readers who read
 * often that get one; and notes, once a day, that a timeline is read. `random` gives numbers in [0, 1).
 */
export function noteFirstPage(
  ctx: Pick<Deps, TimelineUsePorts>,
  { viewer, rowsLooked, timelineReadAt }: FirstPage,
  { costlyRows, buildChance }: TimelineSettings = TIMELINES,
  random: () => number = Math.random,
): void {
  const now = ctx.clock.now();
  const failed = (error: unknown) => ctx.log.warn("timeline_not_noted", { error: String(error) });
  if (timelineReadAt !== null) {
    if (now - timelineReadAt >= NOTE_MS) ctx.lifetime.defer(noteReading(ctx.db, viewer, now).catch(failed));
  } else if ((rowsLooked ?? 0) >= costlyRows && random() < buildChance) {
    const job = { id: newId("job", ctx.clock), kind: "feed.build", payload: { reader: viewer } };
    ctx.lifetime.defer(ctx.jobs.send([job]).catch(failed));
  }
}
