import { ask, failureFrom } from "./feed-api.ts";
import type { FeedFrame } from "./feed-frame.ts";

/** What `GET /v1/feed/live` tells. */
export interface NewPosts {
  /** At most 100. */
  new_posts: number;
  is_more: boolean;
  latest_id: string | null;
}

export interface Live {
  /** Asks anew from what stands there now. */
  restart(): void;
}

const FIRST_WAIT_MS = 2_000;
const MAX_WAIT_MS = 60_000;
const POLL_MS = 30_000;
/** Streams that end without a word: something on the way does not let them through. */
const MAX_SILENT = 2;

/** Tells how many posts are newer than the newest that stands there: by server-sent events, else by asking. Rests while hidden. */
export function followNewPosts(since: () => string, frame: FeedFrame, tell: (news: NewPosts) => void): Live {
  let stream: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silent = 0;
  let waitMs = FIRST_WAIT_MS;

  /** Where nothing stands there yet, all is new. */
  const address = () => `/v1/feed/live${since() === "" ? "" : `?${new URLSearchParams({ since: since() })}`}`;

  function close(): void {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(start, ms);
  }

  function scheduleLater(): void {
    schedule(waitMs);
    waitMs = Math.min(MAX_WAIT_MS, waitMs * 2);
  }

  function start(): void {
    close();
    if (document.visibilityState !== "visible" || frame.isHeld()) return;
    if (silent >= MAX_SILENT) void poll();
    else listen();
  }

  function listen(): void {
    const own = new EventSource(address());
    stream = own;
    silent++;
    own.addEventListener("news", ({ data }: MessageEvent<string>) => {
      silent = 0;
      waitMs = FIRST_WAIT_MS;
      tell(JSON.parse(data) as NewPosts); // Our own API's.
    });
    // The end of a stream, too: another goes on from here.
    own.addEventListener("error", () => {
      if (stream !== own) return;
      close();
      scheduleLater();
    });
  }

  async function poll(): Promise<void> {
    try {
      tell(await ask<NewPosts>(`GET ${address()}`));
      waitMs = FIRST_WAIT_MS;
      schedule(POLL_MS);
    } catch (error) {
      const failure = failureFrom(error);
      if (failure.kind === "signed-out") return frame.fail("New posts do not come.", failure);
      scheduleLater();
    }
  }

  document.addEventListener("visibilitychange", start);
  addEventListener("pagehide", close);
  addEventListener("pageshow", start);
  frame.onResume(start);
  start();
  return { restart: start };
}
