import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WebhookEvent } from "../../src/domain/webhook.ts";
import { createMemoryPlatform } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { removeMember } from "../../src/services/orgs/members.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { listDeliveries, redeliver, sendTest } from "../../src/services/webhooks/deliveries.ts";
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from "../../src/services/webhooks/webhooks.ts";
import { addMember, addPerson, asOperator, asPerson } from "../orgs/people.ts";
import type { PersonCtx } from "../orgs/people.ts";

const FIRST = { cursor: null, limit: 10 };

let platform: MemoryPlatform;
let org: string;
beforeEach(async () => {
  platform = await createMemoryPlatform();
  org = (await createOrg(asOperator(platform), { name: "Acme", slug: "acme" })).id;
  for (const role of ["owner", "admin", "analyst", "member"] as const) {
    await addPerson(platform, role);
    await addMember(platform, org, role, role);
  }
});
afterEach(() => platform.close());

async function createBy(by: string, events: WebhookEvent[] = ["image.ready"]) {
  return createWebhook(await asPerson(platform, by), { org: "acme", url: "https://a.example", events });
}

/** What may be done with a webhook, by what it is called. */
const DEEDS: Record<string, (ctx: PersonCtx, key: { org: string; id: string }) => Promise<unknown>> = {
  get: getWebhook,
  update: (ctx, key) => updateWebhook(ctx, { ...key, disabled: true }),
  delete: deleteWebhook,
  rotate: rotateSecret,
  test: sendTest,
  deliveries: (ctx, key) => listDeliveries(ctx, key, FIRST),
  redeliver: (ctx, key) => redeliver(ctx, { ...key, delivery: "msg_1" }),
};
const WRITES = Object.entries(DEEDS).filter(([name]) => !["get", "deliveries"].includes(name));

describe("a webhook", () => {
  test("is created with a secret of its own, which no other answer shows and the database does not hold", async () => {
    const one = await createBy("owner");
    platform.clock.advance(1);
    const two = await createBy("admin");
    expect(one.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(one.secret).not.toBe(two.secret);
    const ctx = await asPerson(platform, "admin");
    const { items } = await listWebhooks(ctx, "acme", FIRST);
    expect(items.map(({ id }) => id)).toEqual([one.id, two.id]);
    const got = await getWebhook(ctx, { org, id: one.id });
    const { rows } = await platform.client.execute("SELECT * FROM webhooks");
    expect(JSON.stringify([items, got, rows])).not.toContain(one.secret.slice(6));
    expect(got).toMatchObject({ url: "https://a.example/", events: ["image.ready"], disabledAt: null });
  });

  test("is listed page by page", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      platform.clock.advance(1);
      ids.push((await createBy("owner")).id);
    }
    const ctx = await asPerson(platform, "owner");
    const page = await listWebhooks(ctx, org, { cursor: null, limit: 2 });
    const rest = await listWebhooks(ctx, org, { cursor: page.nextCursor, limit: 2 });
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
  });

  test("is one of 10, and one that is deleted makes room", async () => {
    const { id } = await createBy("owner");
    for (let i = 1; i < 10; i++) await createBy("owner");
    await expect(createBy("owner")).rejects.toMatchObject({ code: "conflict" });
    await deleteWebhook(await asPerson(platform, "owner"), { org, id });
    await createBy("owner");
  });

  test("wants events, and keeps each once", async () => {
    const errors = [{ path: "events", message: "Expected at least one event" }];
    await expect(createBy("owner", [])).rejects.toMatchObject({ code: "invalid_input", facts: { errors } });
    const { events } = await createBy("owner", ["image.failed", "image.ready", "image.failed"]);
    expect(events).toEqual(["image.ready", "image.failed"]);
  });

  test("changes in what is given alone", async () => {
    const { id } = await createBy("owner");
    const ctx = await asPerson(platform, "admin");
    const url = "https://b.example/";
    expect(await updateWebhook(ctx, { org, id, url })).toMatchObject({ url, events: ["image.ready"] });
    expect(await updateWebhook(ctx, { org, id, events: ["image.failed"] })).toMatchObject({
      url,
      events: ["image.failed"],
    });
    expect(await updateWebhook(ctx, { org, id, disabled: true })).toMatchObject({
      disabledAt: platform.clock.now(),
      disabledReason: null,
    });
    await expect(updateWebhook(ctx, { org, id, url: "http://b.example" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("that is disabled keeps the reason when its owner disables it too, and is not tested", async () => {
    const { id } = await createBy("owner");
    await platform.client.execute("UPDATE webhooks SET disabled_at = 5, disabled_reason = 'gone'");
    const ctx = await asPerson(platform, "owner");
    const disabled = { disabledAt: 5, disabledReason: "gone" };
    expect(await updateWebhook(ctx, { org, id, disabled: true })).toMatchObject(disabled);
    await expect(sendTest(ctx, { org, id })).rejects.toMatchObject({ code: "conflict" });
    expect(platform.jobs.sent).toEqual([]);
  });

  test("is told of in one round trip each, but for what is sent", async () => {
    const { id } = await createBy("owner");
    for (const name of ["get", "update", "rotate", "deliveries", "delete"]) {
      const ctx = await asPerson(platform, "owner");
      await DEEDS[name](ctx, { org, id });
      expect([name, ctx.receipt.dbTrips]).toEqual([name, 1]);
    }
  });
});

describe("a message", () => {
  test("that is asked for is queued at once", async () => {
    const { id } = await createBy("owner");
    const made = await sendTest(await asPerson(platform, "owner"), { org, id });
    expect(platform.jobs.sent).toMatchObject([{ kind: "webhooks.deliver", payload: { delivery: made.id } }]);
  });

  test("of another webhook of the organisation is not found", async () => {
    const [one, two] = [await createBy("owner"), await createBy("owner")];
    const ctx = await asPerson(platform, "owner");
    const { id: delivery } = await sendTest(ctx, { org, id: one.id });
    await expect(redeliver(ctx, { org, id: two.id, delivery })).rejects.toMatchObject({ code: "not_found" });
    expect(platform.jobs.sent).toHaveLength(1);
    expect((await listDeliveries(ctx, { org, id: two.id }, FIRST)).items).toEqual([]);
  });

  test("is listed with the others, the newest first, page by page", async () => {
    const { id } = await createBy("owner");
    const ctx = await asPerson(platform, "owner");
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      platform.clock.advance(1);
      ids.unshift((await sendTest(ctx, { org, id })).id);
    }
    const page = await listDeliveries(ctx, { org, id }, { cursor: null, limit: 2 });
    const rest = await listDeliveries(ctx, { org, id }, { cursor: page.nextCursor, limit: 2 });
    expect([...page.items, ...rest.items].map((one) => one.id)).toEqual(ids);
  });
});

describe.each(["analyst", "member"])("to the %s", (by) => {
  test.each(Object.entries(DEEDS))("%s is forbidden", async (_, deed) => {
    const { id } = await createBy("owner");
    const ctx = await asPerson(platform, by);
    await expect(deed(ctx, { org, id })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("creating and listing is forbidden", async () => {
    await expect(createBy(by)).rejects.toMatchObject({ code: "forbidden" });
    const listed = listWebhooks(await asPerson(platform, by), org, FIRST);
    await expect(listed).rejects.toMatchObject({ code: "forbidden" });
  });
});

test.each(Object.entries(DEEDS))("%s of another organisation's webhook finds nothing", async (_, deed) => {
  const { id } = await createBy("owner");
  await addPerson(platform, "stranger");
  await createOrg(await asPerson(platform, "stranger"), { name: "Other", slug: "other" });
  const stranger = await asPerson(platform, "stranger");
  const missing = { code: "not_found" };
  await expect(deed(stranger, { org: "other", id })).rejects.toMatchObject(missing);
  await expect(deed(stranger, { org, id })).rejects.toMatchObject(missing);
});

test.each(WRITES)(
  "%s is not for who was removed a moment ago and is remembered as admin",
  async (_, deed) => {
    const { id } = await createBy("owner");
    const remembered = await asPerson(platform, "admin");
    await removeMember(await asPerson(platform, "owner"), { org, user: "admin" });
    await expect(deed(remembered, { org, id })).rejects.toMatchObject({ code: "not_found" });
    expect(platform.jobs.sent).toEqual([]);
    const owner = await asPerson(platform, "owner");
    expect(await getWebhook(owner, { org, id })).toMatchObject({ disabledAt: null });
  },
);

test("sending again is not for who was removed a moment ago", async () => {
  const { id } = await createBy("owner");
  const { id: delivery } = await sendTest(await asPerson(platform, "owner"), { org, id });
  const remembered = await asPerson(platform, "admin");
  await removeMember(await asPerson(platform, "owner"), { org, user: "admin" });
  await expect(redeliver(remembered, { org, id, delivery })).rejects.toMatchObject({ code: "not_found" });
  expect(platform.jobs.sent).toHaveLength(1);
});

test("creating is not for who was removed a moment ago", async () => {
  const remembered = await asPerson(platform, "admin");
  await removeMember(await asPerson(platform, "owner"), { org, user: "admin" });
  const made = createWebhook(remembered, { org, url: "https://a.example", events: ["image.ready"] });
  await expect(made).rejects.toMatchObject({ code: "not_found" });
});
