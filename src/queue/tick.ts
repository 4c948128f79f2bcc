import type { Ctx, Deps } from "../deps.ts";
import { forgetSessions } from "../services/accounts/forget-sessions.ts";
import { forgetOldAudit } from "../services/audit/forget.ts";
import { sweepCohorts } from "../services/analytics/cohorts.ts";
import { recountSample } from "../services/analytics/recount-sample.ts";
import { sweepSketches } from "../services/analytics/sketches-sweep.ts";
import { trimViews } from "../services/analytics/views.ts";
import { sweepBacklog } from "../services/events/fold.ts";
import { drainJournal } from "../services/events/journal.ts";
import { sweepRetention } from "../services/events/retention.ts";
import { sweepExperiments } from "../services/experiments/count.ts";
import { dropUnreadTimelines, fanOutStuck, shortenTimelines } from "../services/feed/timeline-sweep.ts";
import { forgetAnswers } from "../services/idempotency/forget.ts";
import { sweepBlobs } from "../services/images/sweep-blobs.ts";
import { sweepImages } from "../services/images/sweep.ts";
import { recountPosts } from "../services/posts/recount.ts";
import { sweepIndex } from "../services/search/sweep.ts";
import { noteSecret } from "../services/secrets/note.ts";
import { sweepDeliveries, trimDeliveries } from "../services/webhooks/sweep.ts";
import { relayOutbox } from "../services/outbox.ts";
import { endBatch } from "./run-figures.ts";

/** What the clock drives, once a minute: each task by itself, so that one failure stops no other. */
export async function tick(deps: Deps): Promise<void> {
  const ctx: Ctx<keyof Deps> = { ...deps, actor: { kind: "operator" } };
  const tasks = {
    relay_outbox: () => relayOutbox(ctx),
    sweep_index: () => sweepIndex(ctx),
    drain_journal: () => drainJournal(ctx),
    fold_events: () => sweepBacklog(ctx),
    forget_events: () => sweepRetention(ctx),
    keep_sketches: () => sweepSketches(ctx),
    count_cohorts: () => sweepCohorts(ctx),
    trim_views: () => trimViews(ctx),
    recount_sample: () => recountSample(ctx),
    forget_sessions: () => forgetSessions(ctx),
    sweep_deliveries: () => sweepDeliveries(ctx),
    trim_deliveries: () => trimDeliveries(ctx),
    note_secret: () => noteSecret(ctx),
    forget_audit: () => forgetOldAudit(ctx),
    forget_answers: () => forgetAnswers(ctx),
    sweep_images: () => sweepImages(ctx),
    sweep_blobs: () => sweepBlobs(ctx),
    recount_posts: () => recountPosts(ctx),
    fan_out_stuck: () => fanOutStuck(ctx),
    trim_timelines: () => shortenTimelines(ctx),
    drop_timelines: () => dropUnreadTimelines(ctx),
    sweep_experiments: () => sweepExperiments(ctx),
  };
  for (const [task, run] of Object.entries(tasks)) {
    try {
      await run();
    } catch (error) {
      deps.log.error("tick_failed", { task, error: String(error) });
    }
  }
  endBatch(deps);
}
