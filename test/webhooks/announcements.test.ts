import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BatchItem } from "drizzle-orm/batch";
import { announcements } from "../../src/db/queries/webhook-announcements.ts";
import type { Announcement } from "../../src/db/queries/webhook-announcements.ts";
import { imageContents, images } from "../../src/db/schema/images.ts";
import { outbox } from "../../src/db/schema/jobs.ts";
import { organisations } from "../../src/db/schema/orgs.ts";
import { users } from "../../src/db/schema/accounts.ts";
import { webhookDeliveries, webhooks } from "../../src/db/schema/webhooks.ts";
import { openTestDatabase } from "../db/open-test-database.ts";
import type { TestDatabase } from "../db/open-test-database.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const SHA = "ab".repeat(32);
const READY: Announcement = { event: "image.ready", sha256: SHA, now: NOW };

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
  for (const org of ["org_1", "org_2"]) await insertOrg(org);
  await insertContent();
});
afterEach(() => opened.close());

async function insertOrg(id: string): Promise<void> {
  await opened.db.orm.insert(organisations).values({ id, slug: id, name: id, createdAt: 1 });
}

async function insertContent(): Promise<void> {
  const content = { sha256: SHA, format: "jpeg", bytes: 4_000, width: 640, height: 480 } as const;
  const state = { state: "ready", thumbhash: "dGh1bWI=", createdAt: 1, changedAt: 7 } as const;
  await opened.db.orm.insert(imageContents).values({ ...content, ...state });
}

async function insertImage(id: string, owner: { orgId?: string; userId?: string }): Promise<void> {
  await opened.db.orm.insert(images).values({ id, sha256: SHA, ...owner, createdAt: 1 });
}

type Hook = Partial<typeof webhooks.$inferInsert> & { id: string };

async function insertHook({ id, ...rest }: Hook): Promise<void> {
  const known = { orgId: "org_1", url: "https://a.example", secret: "s", createdAt: 1 };
  await opened.db.orm.insert(webhooks).values({ ...known, events: ["image.ready"], id, ...rest });
}

async function announce(announcement: Announcement = READY): Promise<void> {
  const statements = announcements(opened.db, announcement);
  await opened.db.orm.batch(statements as [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]]);
}

const deliveries = () => opened.db.orm.select().from(webhookDeliveries).orderBy(webhookDeliveries.webhookId);
const told = async () =>
  (await deliveries()).map(({ webhookId, occurrence }) => `${webhookId} ${occurrence?.split(":")[0]}`).sort();

test("each webhook of each organisation with the image is told, with a job for each delivery", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertImage("img_2", { orgId: "org_2" });
  await insertHook({ id: "hook_1" });
  await insertHook({ id: "hook_2" });
  await insertHook({ id: "hook_3", orgId: "org_2" });
  await announce();
  expect(await told()).toEqual(["hook_1 img_1", "hook_2 img_1", "hook_3 img_2"]);
  const jobs = await opened.db.orm.select().from(outbox);
  const ids = (await deliveries()).map(({ id }) => id);
  expect(jobs.map(({ payload }) => payload.delivery).sort()).toEqual(ids.toSorted());
  expect(jobs.every(({ kind, sentAt }) => kind === "webhooks.deliver" && sentAt === null)).toBe(true);
});

test("the body says what the image is", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertHook({ id: "hook_1" });
  await announce();
  const [{ payload, orgId, state, dueAt }] = await deliveries();
  expect({ orgId, state, dueAt }).toEqual({ orgId: "org_1", state: "waiting", dueAt: NOW });
  expect(JSON.parse(payload)).toEqual({
    type: "image.ready",
    timestamp: "2026-11-20T12:00:00.000Z",
    data: {
      id: "img_1",
      status: "ready",
      sha256: SHA,
      width: 640,
      height: 480,
      format: "jpeg",
      bytes: 4_000,
      thumbhash: "dGh1bWI=",
      error: null,
      url: { large: "/i/img_1/large", medium: "/i/img_1/medium", thumb: "/i/img_1/thumb" },
    },
  });
});

test("a failure is told with its code and detail", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertHook({ id: "hook_1", events: ["image.failed"] });
  const failed = { state: "failed", errorCode: "image_corrupt", errorDetail: `It "ends" early` } as const;
  await opened.db.orm.update(imageContents).set(failed);
  await announce({ ...READY, event: "image.failed" });
  const [{ payload }] = await deliveries();
  const { data } = JSON.parse(payload) as { data: Record<string, unknown> };
  expect(data.error).toEqual({ code: "image_corrupt", detail: `It "ends" early` });
  expect(data.status).toBe("failed");
});

test("ids are made for each row and sort by time", async () => {
  for (const id of ["img_1", "img_2"]) await insertImage(id, { orgId: id === "img_1" ? "org_1" : "org_2" });
  for (let hook = 0; hook < 8; hook++) await insertHook({ id: `hook_${hook}` });
  await announce();
  const early = (await deliveries()).map(({ id }) => id);
  await opened.db.orm.update(imageContents).set({ changedAt: 8 });
  await announce({ ...READY, now: NOW + 1 });
  const late = (await deliveries()).map(({ id }) => id).filter((id) => !early.includes(id));
  expect(new Set(early).size).toBe(8);
  expect(late).toHaveLength(8);
  expect(early.every((id) => /^msg_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(id))).toBe(true);
  expect([...early, ...late].sort().slice(0, 8)).toEqual(early.toSorted());
});

test("nothing is told of an image of a person, to a disabled webhook, or of what it does not ask for", async () => {
  await opened.db.orm.insert(users).values({
    id: "u",
    name: "U",
    email: "u@example.com",
    emailVerified: true,
    createdAt: new Date(1),
    updatedAt: new Date(1),
  });
  await insertImage("img_1", { userId: "u" });
  await insertImage("img_2", { orgId: "org_2" });
  await insertHook({ id: "hook_1" });
  await insertHook({ id: "hook_2", orgId: "org_2", disabledAt: 5 });
  await insertHook({ id: "hook_3", orgId: "org_2", events: ["image.failed"] });
  await announce();
  expect(await deliveries()).toEqual([]);
  expect(await opened.db.orm.select().from(outbox)).toEqual([]);
});

test("running the batch again tells nobody again, not even a webhook whose delivery has ended", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertHook({ id: "hook_1" });
  await insertHook({ id: "hook_2" });
  await announce();
  await opened.db.orm
    .update(webhookDeliveries)
    .set({ state: "delivered", endedAt: NOW })
    .where(eq(webhookDeliveries.webhookId, "hook_1"));
  await announce({ ...READY, now: NOW + 500 });
  expect(await deliveries()).toHaveLength(2);
  expect(await opened.db.orm.select().from(outbox)).toHaveLength(2);
});

test("an image that gets into the state anew is told anew", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertHook({ id: "hook_1" });
  await announce();
  await opened.db.orm.update(imageContents).set({ changedAt: 9 });
  await announce({ ...READY, now: NOW + 500 });
  expect(await told()).toEqual(["hook_1 img_1", "hook_1 img_1"]);
});

test("nothing is told where the content is in another state", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertHook({ id: "hook_1" });
  await opened.db.orm.update(imageContents).set({ state: "processing" });
  await announce();
  expect(await deliveries()).toEqual([]);
});

test("one image alone can be announced", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertImage("img_2", { orgId: "org_2" });
  await insertHook({ id: "hook_1" });
  await insertHook({ id: "hook_2", orgId: "org_2" });
  await announce({ ...READY, imageId: "img_2" });
  expect(await told()).toEqual(["hook_2 img_2"]);
});

test("an announcement sees what its own batch wrote before it", async () => {
  await insertImage("img_1", { orgId: "org_1" });
  await insertHook({ id: "hook_1" });
  await opened.db.orm.update(imageContents).set({ state: "processing", width: 1 });
  const ready = opened.db.orm.update(imageContents).set({ state: "ready", width: 480, changedAt: NOW });
  await opened.db.orm.batch([ready, ...announcements(opened.db, READY)]);
  const [{ payload }] = await deliveries();
  expect(JSON.parse(payload)).toMatchObject({ data: { width: 480, status: "ready" } });
});
