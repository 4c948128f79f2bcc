import process from "node:process";
import { fileURLToPath } from "node:url";
import { createApp } from "./app.ts";
import { startConsumer } from "./platform/deno/consumer.ts";
import { openDeps, openPlatform } from "./platform/deno/open.ts";
import { denoRuntime } from "./platform/deno/runtime.ts";
import { asksForFile, staticFile, staticPaths } from "./platform/deno/static-files.ts";
import { consume, consumeDeadLetters } from "./queue/consumer.ts";
import { tick } from "./queue/tick.ts";

const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

/** What is not done by then is done by the next process. */
const LAST_MS = 10_000;

const JOB = { waiting: "job" } as const;

/** What Deno tells of the other end of a TCP connection. */
interface ConnectionInfo {
  remoteAddr: { hostname?: string };
}

const platform = await openPlatform(process.env);
const paths = await staticPaths(PUBLIC);
const app = createApp();

const stopConsumer = startConsumer(
  platform.jobs,
  platform.log,
  (messages) => consume(openDeps(platform, JOB), messages),
  (messages) => consumeDeadLetters(openDeps(platform, JOB), messages),
);

const stopping = new AbortController();
void denoRuntime().cron("tick", "* * * * *", { signal: stopping.signal }, async () => {
  await platform.kv.purge();
  await tick(openDeps(platform, JOB));
});

/** Deno itself ends requests and waits for them; while there are timers, it would never end. */
async function stop(): Promise<void> {
  stopping.abort();
  setTimeout(() => process.exit(0), LAST_MS).unref();
  await stopConsumer();
  await platform.lifetime.settle();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

/** With `.` and `..` resolved, as every client and every other runtime does; Deno gives the path as it came. */
function resolved(request: Request): Request {
  return request.url.includes("/.") ? new Request(new URL(request.url), request) : request;
}

export default {
  fetch(asked: Request, info?: ConnectionInfo): Response | Promise<Response> {
    const request = resolved(asked);
    const answer = () => app.fetch(request, openDeps(platform, { clientAddress: info?.remoteAddr.hostname }));
    if (!asksForFile(paths, request)) return answer();
    return staticFile(PUBLIC, request).then((file) => file ?? answer());
  },
};
