import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimDelivery, settleAttempt } from "../../src/db/queries/webhook-attempts.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { deliver } from "../../src/services/webhooks/deliver.ts";
import { sweepDeliveries, trimDeliveries } from "../../src/services/webhooks/sweep.ts";
import { rotateSecret } from "../../src/services/webhooks/webhooks.ts";
import { ask, runOut } from "./messages.ts";
import { isGenuine, status } from "./receiver.ts";
import { deliveriesOf, drain, hookOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe("a message", () => {
  test("arrives once, with a signature that a receiver can check, and is marked delivered", async () => {
    const { id } = await ask(world);
    await drain(world);
    const [message, ...more] = world.receiver.received;
    expect(more).toEqual([]);
    expect(message.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "Vitrine-Webhooks/1.0",
      "webhook-id": id,
    });
    const { clock } = world.platform;
    expect(isGenuine(message, world.hook.secret, clock.now())).toBe(true);
    expect(isGenuine({ ...message, body: `${message.body} ` }, world.hook.secret, clock.now())).toBe(false);
    expect(JSON.parse(message.body)).toMatchObject({
      type: "webhook.test",
      data: { webhook: world.hook.id },
    });
    const [delivery] = await deliveriesOf(world);
    expect(delivery).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 204, lastError: null });
  });

  test("whose job comes twice, or late, is sent once", async () => {
    const { id } = await ask(world);
    const deps = openMemoryDeps(world.platform);
    await Promise.all([deliver(deps, id), deliver(deps, id), deliver(deps, id)]);
    await drain(world);
    expect(world.receiver.received).toHaveLength(1);
  });

  test("that fails is sent again with the same id and body, signed anew, after a growing delay", async () => {
    const { id } = await ask(world, status(500, "the disk\nis full"));
    await drain(world);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: "waiting", attempts: 1, lastStatus: 500, lastError: "Answered 500: the disk is full" },
    ]);
    world.platform.clock.advance(6_000);
    world.receiver.answer = status(200);
    await drain(world);
    const [first, second] = world.receiver.received;
    expect(second.body).toBe(first.body);
    expect([first, second].map(({ headers }) => headers["webhook-id"])).toEqual([id, id]);
    const apart = Number(second.headers["webhook-timestamp"]) - Number(first.headers["webhook-timestamp"]);
    expect(apart).toBe(6);
    expect(isGenuine(second, world.hook.secret, world.platform.clock.now())).toBe(true);
    expect(await deliveriesOf(world)).toMatchObject([{ state: "delivered", attempts: 2, lastError: null }]);
    expect(await hookOf(world)).toMatchObject({ failingSince: null });
  });

  test("fails for good after 8 attempts within about 18 hours", async () => {
    const start = world.platform.clock.now();
    await ask(world, status(503));
    await runOut(world);
    const [delivery] = await deliveriesOf(world);
    expect(delivery).toMatchObject({ state: "failed", attempts: 8, lastStatus: 503 });
    expect(world.receiver.received).toHaveLength(8);
    const hours = (world.platform.clock.now() - start) / HOUR;
    expect(hours).toBeGreaterThan(15.8);
    expect(hours).toBeLessThan(19.4);
    expect(await hookOf(world)).toMatchObject({ failingSince: start, disabledAt: null });
  });

  test("goes to no other server than the webhook's", async () => {
    const other: string[] = [];
    await ask(world, (response, { headers }) => {
      other.push(headers["host"]);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    await drain(world);
    expect(world.receiver.received).toHaveLength(1);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: "waiting", lastStatus: 307, lastError: "Answered 307: redirects are not followed" },
    ]);
  });

  test("that is answered without end is judged by its beginning", async () => {
    let sent = 0;
    const timers: NodeJS.Timeout[] = [];
    await ask(world, (response) => {
      response.writeHead(500);
      const more = setInterval(() => {
        sent += 65_536;
        response.write("x".repeat(65_536));
      }, 1);
      timers.push(more);
      response.on("close", () => clearInterval(more));
    });
    await drain(world);
    const [{ lastError }] = await deliveriesOf(world);
    expect(lastError).toHaveLength(300);
    expect(sent).toBeLessThan(20_000_000);
  });

  test("that is taken with a body without end is delivered", async () => {
    await ask(world, (response) => void response.writeHead(200).write("x".repeat(1_000_000)));
    await drain(world);
    expect(await deliveriesOf(world)).toMatchObject([{ state: "delivered", lastStatus: 200 }]);
  });

  test("to a server that cuts the line, or is not there, waits for its next attempt", async () => {
    await ask(world, (response) => response.destroy());
    await drain(world);
    const [cut] = await deliveriesOf(world);
    expect(cut).toMatchObject({ state: "waiting", lastStatus: null });
    expect(cut.lastError).toMatch(/^Cannot be reached: /);
    await world.receiver.close();
    world.platform.clock.advance(7_000);
    await drain(world);
    expect(await deliveriesOf(world)).toMatchObject([{ state: "waiting", attempts: 2 }]);
  });

  test("that a slow server holds up delays no other job for long, and is given up after 10 s", async () => {
    await ask(world, () => undefined);
    const deps = openMemoryDeps(world.platform);
    const [{ job }] = world.platform.jobs.queued;
    const started = performance.now();
    await deliver(deps, String(job.payload.delivery));
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(deps.lifetime.pending).toBe(1);
    await deps.lifetime.settle();
    expect(performance.now() - started).toBeGreaterThan(9_900);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: "waiting", attempts: 1, lastStatus: null, lastError: "No answer within 10 s" },
    ]);
  });

  test("carries both signatures for a day after the secret was rotated", async () => {
    const key = { org: world.org, id: world.hook.id };
    const { secret } = await rotateSecret(world.owner, key);
    const isGood = async () => {
      await ask(world);
      await drain(world);
      const message = world.receiver.received.at(-1) ?? { headers: {}, body: "" };
      return [secret, world.hook.secret].map((one) => isGenuine(message, one, world.platform.clock.now()));
    };
    expect(await isGood()).toEqual([true, true]);
    world.platform.clock.advance(DAY);
    expect(await isGood()).toEqual([true, false]);
  });

  test("is not sent with a secret that cannot be read, and says so", async () => {
    await ask(world);
    const config = { ...world.platform.config, secret: "another secret, as long as one has to be" };
    await drain(world, { config });
    expect(world.receiver.received).toEqual([]);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: "waiting", lastError: "The secret cannot be read: make a new one" },
    ]);
  });

  test("is not sent to an address that is no longer taken", async () => {
    await ask(world);
    await drain(world, { config: { ...world.platform.config, environment: "production" } });
    expect(world.receiver.received).toEqual([]);
    const [delivery] = await deliveriesOf(world);
    expect(delivery).toMatchObject({ state: "failed", attempts: 0 });
    expect(delivery.lastError).toContain("Expected https");
  });
});

describe("after a crash", () => {
  /** The process ends once the receiver has the message, before that is noted. */
  async function crash(): Promise<void> {
    const { db } = openMemoryDeps(world.platform);
    let writes = 0;
    const orm = new Proxy(db.orm, {
      get(target, name) {
        if (name === "batch" && ++writes === 2) return () => Promise.reject(new Error("the process ended"));
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const [{ job }] = world.platform.jobs.queued;
    world.platform.jobs.queued = [];
    const deps = openMemoryDeps(world.platform, { db: { all: db.all, orm } });
    await expect(deliver(deps, String(job.payload.delivery))).rejects.toThrow("the process ended");
  }

  test("between sending and noting it, a message comes again under the same id", async () => {
    const { id } = await ask(world);
    await crash();
    expect(await deliveriesOf(world)).toMatchObject([{ state: "waiting", attempts: 1, lastStatus: null }]);
    const deps = openMemoryDeps(world.platform);
    expect(await sweepDeliveries(deps)).toBe(0);
    world.platform.clock.advance(121_000);
    expect(await sweepDeliveries(deps)).toBe(1);
    await drain(world);
    expect(world.receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([id, id]);
    expect(await deliveriesOf(world)).toMatchObject([{ state: "delivered", attempts: 2 }]);
  });

  test("an attempt that comes back after another has begun changes nothing", async () => {
    const { id } = await ask(world);
    const { db, clock } = openMemoryDeps(world.platform);
    const claim = () => claimDelivery(db, { id, dueBy: clock.now(), leaseUntil: clock.now() });
    const [first, second] = [await claim(), await claim()];
    expect([first?.attempt, second?.attempt]).toEqual([1, 2]);
    const late = { id, webhookId: world.hook.id, attempt: 1, now: clock.now(), retryAt: null, disable: null };
    await settleAttempt(db, { ...late, status: 500, error: "late" });
    expect(await deliveriesOf(world)).toMatchObject([{ state: "waiting", attempts: 2, lastError: null }]);
    expect(await hookOf(world)).toMatchObject({ failingSince: null });
  });

  test("a message whose attempts all crash ends", async () => {
    await ask(world);
    await crash();
    const deps = openMemoryDeps(world.platform);
    await world.platform.client.execute("UPDATE webhook_deliveries SET attempts = 8");
    world.platform.clock.advance(121_000);
    await sweepDeliveries(deps);
    await drain(world);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: "failed", attempts: 8, lastError: "No attempt came to an end" },
    ]);
  });

  test("a job that was lost is sent by the sweep, once a minute", async () => {
    await ask(world);
    world.platform.jobs.queued = [];
    world.platform.clock.advance(61_000);
    const deps = openMemoryDeps(world.platform);
    expect(await sweepDeliveries(deps)).toBe(1);
    expect(await sweepDeliveries(deps)).toBe(0);
    await drain(world);
    expect(await deliveriesOf(world)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });
});

test("messages that ended are kept for 30 days", async () => {
  await ask(world);
  await drain(world);
  const deps = openMemoryDeps(world.platform);
  world.platform.clock.advance(30 * DAY);
  expect(await trimDeliveries(deps)).toBe(0);
  world.platform.clock.advance(1);
  await ask(world, status(500));
  await drain(world);
  expect(await trimDeliveries(deps)).toBe(1);
  expect(await deliveriesOf(world)).toMatchObject([{ state: "waiting" }]);
});
