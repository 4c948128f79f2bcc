import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { redeliver } from "../../src/services/webhooks/deliveries.ts";
import { deleteWebhook, updateWebhook } from "../../src/services/webhooks/webhooks.ts";
import { ask, runOut } from "./messages.ts";
import { status } from "./receiver.ts";
import { deliveriesOf, drain, hookOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe("a webhook", () => {
  test("whose receiver is gone is disabled, and what waits is not sent", async () => {
    await ask(world, status(500));
    await drain(world);
    const [{ id: waiting }] = await deliveriesOf(world);
    world.platform.clock.advance(1);
    await ask(world, status(410));
    await drain(world);
    expect(await hookOf(world)).toMatchObject({
      disabledAt: world.platform.clock.now(),
      disabledReason: "The receiver answered 410 Gone",
    });
    world.platform.clock.advance(7_000);
    await drain(world);
    expect(world.receiver.received).toHaveLength(2);
    const found = (await deliveriesOf(world)).find(({ id }) => id === waiting);
    expect(found).toMatchObject({ state: "failed", attempts: 1, lastError: "The webhook was disabled" });
  });

  test("that has failed for 5 days is disabled at the end of a message, not before", async () => {
    await ask(world, status(500));
    await runOut(world);
    world.platform.clock.advance(5 * DAY);
    await ask(world, status(500));
    await drain(world);
    expect(await hookOf(world)).toMatchObject({ disabledAt: null });
    await runOut(world);
    expect(await hookOf(world)).toMatchObject({ disabledReason: "No delivery has succeeded for 5 days" });
  });

  test("that is enabled again starts afresh, and its failed message can be sent again", async () => {
    const { id: delivery } = await ask(world, status(410));
    await drain(world);
    const key = { org: world.org, id: world.hook.id };
    await expect(redeliver(world.owner, { ...key, delivery })).rejects.toMatchObject({ code: "conflict" });
    expect(await updateWebhook(world.owner, { ...key, disabled: false })).toMatchObject({
      disabledAt: null,
      disabledReason: null,
      failingSince: null,
    });
    world.receiver.answer = status(200);
    expect(await redeliver(world.owner, { ...key, delivery })).toMatchObject({
      state: "waiting",
      attempts: 0,
    });
    await drain(world);
    expect(await deliveriesOf(world)).toMatchObject([{ id: delivery, state: "delivered", attempts: 1 }]);
  });

  test("that is deleted takes its messages along, and their jobs do nothing", async () => {
    await ask(world);
    await deleteWebhook(world.owner, { org: world.org, id: world.hook.id });
    await drain(world);
    expect(world.receiver.received).toEqual([]);
    const { rows } = await world.platform.client.execute("SELECT id FROM webhook_deliveries");
    expect(rows).toEqual([]);
  });
});
