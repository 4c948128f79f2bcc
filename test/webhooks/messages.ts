import { sendTest } from "../../src/services/webhooks/deliveries.ts";
import { status } from "./receiver.ts";
import type { Answering } from "./receiver.ts";
import { drain } from "./world.ts";
import type { World } from "./world.ts";

/** Has a message sent, which the receiver answers so. */
export async function ask(world: World, answer: Answering = status(204)) {
  world.receiver.answer = answer;
  return sendTest(world.owner, { org: world.org, id: world.hook.id });
}

/** Runs a message to its end, whatever waiting it takes. */
export async function runOut(world: World): Promise<void> {
  for (let round = 0; round < 20 && world.platform.jobs.queued.length > 0; round++) {
    await drain(world);
    const [next] = world.platform.jobs.queued.map(({ dueAt }) => dueAt).sort((a, b) => a - b);
    if (next !== undefined) world.platform.clock.advance(next - world.platform.clock.now());
  }
}
