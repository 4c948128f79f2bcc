import type { Context } from "hono";
import { streamOf } from "../../services/images/stream-of.ts";
import { watchImages } from "../../services/images/watch.ts";
import type { ImageNews, Pause } from "../../services/images/watch.ts";
import { type AppEnv, ctxOf } from "../openapi.ts";
import { imageWire } from "./schemas.ts";

/** The id of the event after which there is none: a browser that connects again names it. */
export const LAST_EVENT = "ended";
const RETRY_MS = 2_000;
// Well under the time after which proxies take a silent connection for dead.
const HEARTBEAT_MS = 10_000;

/** How these images are and what becomes of them, as server-sent events. Throws, before it answers, as `watchImages`. */
export async function statusEvents(c: Context<AppEnv>, ids: readonly string[]): Promise<Response> {
  if (c.req.header("last-event-id") === LAST_EVENT) return c.body(null, 204);
  const news = await watchImages(ctxOf(c), ids);
  const body = streamOf(encoded(logged(c, eventsOf(news))));
  // Without `no-transform` a proxy may hold events back to compress them.
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform" };
  return c.body(body, 200, headers);
}

async function* eventsOf(news: (pause: Pause) => AsyncGenerator<ImageNews | null>): AsyncGenerator<string> {
  let silentMs = 0;
  yield `retry: ${RETRY_MS}\n\n`;
  const pause: Pause = (ms) => {
    silentMs += ms;
    return new Promise((resolve) => setTimeout(resolve, ms));
  };
  for await (const one of news(pause)) {
    if (one !== null) yield eventOf(one);
    else if (silentMs >= HEARTBEAT_MS) yield ": waiting\n\n";
    else continue;
    silentMs = 0;
  }
}

function eventOf({ id, image, isLast }: ImageNews): string {
  const event = image === null ? "gone" : "status";
  const data = JSON.stringify(image === null ? { id } : imageWire(image));
  return `event: ${event}\n${isLast ? `id: ${LAST_EVENT}\n` : ""}data: ${data}\n\n`;
}

/** The answer has begun: what fails now ends it without a word, and the client connects again. */
async function* logged(c: Context<AppEnv>, events: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield* events;
  } catch (error) {
    c.env.log.warn("image_events_failed", { error: String(error) });
    throw error;
  }
}

async function* encoded(texts: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}
