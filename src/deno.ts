import process from "node:process";
import { fileURLToPath } from "node:url";
import { createApp } from "./app.ts";
import { startConsumer } from "./platform/deno/consumer.ts";
import { openDeps, openPlatform } from "./platform/deno/open.ts";
import { denoRuntime } from "./platform/deno/runtime.ts";
import { staticFile } from "./platform/deno/static-files.ts";
import { consume, consumeDeadLetters } from "./queue/consumer.ts";
import { tick } from "./queue/tick.ts";

const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

/** What Deno tells of the other end of a TCP connection. */
interface ConnectionInfo {
  remoteAddr: { hostname?: string };
}

const platform = await openPlatform(process.env);
const app = createApp();

startConsumer(
  platform.jobs,
  platform.log,
  (messages) => consume(openDeps(platform), messages),
  (messages) => consumeDeadLetters(openDeps(platform), messages),
);

void denoRuntime().cron("tick", "* * * * *", async () => {
  await platform.kv.purge();
  await tick(openDeps(platform));
});

export default {
  async fetch(request: Request, info?: ConnectionInfo): Promise<Response> {
    const answer = await staticFile(PUBLIC, request);
    return answer ?? app.fetch(request, openDeps(platform, info?.remoteAddr.hostname));
  },
};
