import type { JobHandler } from "./handler.ts";
import { countCohorts } from "./handlers/count-cohorts.ts";
import { countExperiments } from "./handlers/count-experiments.ts";
import { deliverWebhook } from "./handlers/deliver-webhook.ts";
import { drainEvents } from "./handlers/drain-journal.ts";
import { eraseUser } from "./handlers/erase-user.ts";
import { buildFeed } from "./handlers/feed-build.ts";
import { fanOutPost } from "./handlers/feed-fan-out.ts";
import { backfillFriends, cleanFriends } from "./handlers/feed-friends.ts";
import { foldEvents } from "./handlers/fold-events.ts";
import { forgetEvents } from "./handlers/forget-events.ts";
import { keepSketches } from "./handlers/keep-sketches.ts";
import { mergeIndex } from "./handlers/merge-index.ts";
import { rebuildIndex } from "./handlers/rebuild-index.ts";
import { recountAnalytics } from "./handlers/recount-analytics.ts";
import { giveUpResizing, resizeImage } from "./handlers/resize-image.ts";

/** Every kind of job and what runs it. */
export const HANDLERS: ReadonlyMap<string, JobHandler> = new Map([
  ["analytics.cohorts", countCohorts],
  ["analytics.recount", recountAnalytics],
  ["analytics.sketch", keepSketches],
  ["events.erase", eraseUser],
  ["events.fold", foldEvents],
  ["events.forget", forgetEvents],
  ["events.journal", drainEvents],
  ["experiments.count", countExperiments],
  ["feed.backfill", backfillFriends],
  ["feed.build", buildFeed],
  ["feed.clean", cleanFriends],
  ["feed.fan-out", fanOutPost],
  ["images.resize", resizeImage],
  ["index.merge", mergeIndex],
  ["index.rebuild", rebuildIndex],
  ["webhooks.deliver", deliverWebhook],
]);

/** What a job's burial means to what it was about, where it means anything. Idempotent as the handlers are. */
export const BURIALS: ReadonlyMap<string, JobHandler> = new Map([["images.resize", giveUpResizing]]);
