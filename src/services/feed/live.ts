import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { countNewPosts } from "../../db/queries/feed-live.ts";
import type { Ctx } from "../../deps.ts";

export const MAX_NEW_POSTS = 100;

/** How a watch goes on; times in milliseconds. */
export interface LivePace {
  pollMs: number;
  /** Of one watch, without the time that reading takes. */
  maxMs: number;
  /** Resolves after so many milliseconds. */
  pause(ms: number): Promise<void>;
}

// 24 reads a watch: a Worker may call out 50 times for one request.
export const LIVE_PACE: LivePace = {
  pollMs: 5_000,
  maxMs: 120_000,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Posts of others that a feed shows above the one that its reader has as the newest. */
export interface NewsJson {
  /** At most `MAX_NEW_POSTS`. */
  new_posts: number;
  /** Whether there may be more. */
  is_more: boolean;
  /** The newest of them; of none, `since`. */
  latest_id: string | null;
}

type LiveCtx = Ctx<"db" | "clock">;

/** What is new above `since`, of all where it is `null`. Throws `unauthorized` where the session has ended. One round trip. */
export async function readNews(ctx: LiveCtx, since: string | null): Promise<NewsJson> {
  const { userId: viewer, sessionId } = requireUser(ctx.actor);
  const args = { viewer, since: since ?? "", max: MAX_NEW_POSTS, sessionId, now: ctx.clock.now() };
  const { count, latestId, isMore, isSessionOver } = await countNewPosts(ctx.db, args);
  if (isSessionOver) throw new AppError("unauthorized", "The session has ended");
  return { new_posts: count, is_more: isMore, latest_id: latestId ?? since };
}

/** Says what differs between two states of the news, in 7-bit text. */
export function newsTag({ new_posts: count, is_more: isMore, latest_id: latest }: NewsJson): string {
  return `${count}${isMore ? "+" : ""}.${latest ?? ""}`;
}

/**
 * The news where they differ from `told` (a `newsTag`), then each change, and `null` after each read that brought none.
 * What is deleted or hidden meanwhile is counted no more. It ends after `maxMs`, and where the session does. Throws as `readNews`
 * before it yields anything.
 */
export async function watchNews(
  ctx: LiveCtx,
  { since, told }: { since: string | null; told: string | null },
  { pollMs, maxMs, pause }: LivePace = LIVE_PACE,
): Promise<AsyncGenerator<NewsJson | null>> {
  const first = await readNews(ctx, since);
  return (async function* changes() {
    let news = first;
    let last = told;
    for (let waitedMs = 0; ; waitedMs += pollMs) {
      const tag = newsTag(news);
      yield tag === last ? null : news;
      last = tag;
      if (waitedMs >= maxMs) return;
      await pause(pollMs);
      news = await readNews(ctx, since);
    }
  })();
}
