import { createApp } from "./app.ts";
import { newIsolate } from "./platform/isolate.ts";
import { DEAD_LETTER_QUEUE, type WorkersEnv } from "./platform/workers/env.ts";
import { deliver } from "./platform/workers/messages.ts";
import { openDeps } from "./platform/workers/open.ts";
import { misconfigured } from "./platform/workers/misconfigured.ts";
import { consume, consumeDeadLetters } from "./queue/consumer.ts";
import { tick } from "./queue/tick.ts";

export { MetricsObject } from "./platform/workers/metrics-object.ts";

const app = createApp();
const isolate = newIsolate();

export default {
  fetch(request, env, context) {
    try {
      return app.fetch(request, openDeps(env, context, isolate), context);
    } catch (error) {
      return misconfigured(error);
    }
  },

  async queue(batch, env, context) {
    const deps = openDeps(env, context, isolate, "job");
    const handle = batch.queue === DEAD_LETTER_QUEUE ? consumeDeadLetters : consume;
    await deliver(batch, (messages) => handle(deps, messages));
  },

  async scheduled(_controller, env, context) {
    await tick(openDeps(env, context, isolate, "job"));
  },
} satisfies ExportedHandler<WorkersEnv>;
