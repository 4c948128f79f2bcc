import { someLine } from "../db/audit-line.ts";
import { SCOPES, type Role } from "../../src/domain/actor.ts";
import type { AnalyticsEvent } from "../../src/domain/event.ts";
import { DEPLOYMENT } from "../../src/domain/experiment.ts";
import { insertExperiment } from "../../src/db/queries/experiments.ts";
import { insertMessage } from "../../src/db/queries/webhook-deliveries.ts";
import { insertWebhook } from "../../src/db/queries/webhooks.ts";
import { openMemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";
import { putProduct } from "../../src/services/catalogue/put-product.ts";
import { foldOrg } from "../../src/services/events/fold.ts";
import { recordEvents } from "../../src/services/events/record.ts";
import { createApiKey } from "../../src/services/orgs/api-keys.ts";
import { inviteMember } from "../../src/services/orgs/invitations.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { createSiteKey } from "../../src/services/orgs/site-keys.ts";
import { addSession } from "./sessions.ts";

/** One of everything that an organisation may have, to be asked for, changed and deleted. */
export interface Tenant {
  id: string;
  number: number;
  spareKeyId: string;
  siteKeyId: string;
  webhookId: string;
  deliveryId: string;
  /** A member whom no credential stands for. */
  spareMemberId: string;
  /** Of somebody who belongs to no organisation. */
  sessionId: string;
  /** Of the dashboard. */
  userId: string;
  productId: string;
  /** Ready, so that following it ends at once. */
  imageId: string;
  /** Of somebody who belongs to no organisation. */
  postId: string;
  commentId: string;
  /** The name of one that runs; the deployment has one of the same name. */
  experiment: string;
}

export function operatorCtx(platform: MemoryPlatform) {
  return { ...openMemoryDeps(platform), actor: { kind: "operator" as const } };
}

/** An account; `mark` stands in its name and address. */
export async function addPerson(platform: MemoryPlatform, id: string, mark: string): Promise<string> {
  await platform.client.execute({
    sql: "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)",
    args: [id, `${id} ${mark}`, `${id}-${mark}@example.com`],
  });
  return id;
}

export async function join(
  platform: MemoryPlatform,
  orgId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await platform.client.execute({
    sql: "INSERT INTO members (org_id, user_id, role, created_at) VALUES (?, ?, ?, 0)",
    args: [orgId, userId, role],
  });
}

function eventOf(mark: string, userId: string, at: number): AnalyticsEvent {
  return {
    id: `event-${mark}`,
    type: "page_view",
    userId,
    userName: `User ${mark}`,
    isAnonymous: false,
    at,
    path: `/${mark}`,
    referrer: `${mark}.example`,
    properties: { mark },
    bot: null,
  };
}

async function addEvents(
  platform: MemoryPlatform,
  id: string,
  mark: string,
  userId: string,
): Promise<number> {
  const deps = openMemoryDeps(platform);
  const at = platform.clock.now() - 60_000;
  await recordEvents(deps, id, [eventOf(mark, userId, at)]);
  await deps.lifetime.settle();
  const { rows } = await platform.client.execute({
    sql: "SELECT number FROM organisations WHERE id = ?",
    args: [id],
  });
  const number = Number(rows[0].number);
  await foldOrg(deps, number);
  await recordEvents(deps, id, [eventOf(`pending-${mark}`, userId, at)]);
  await deps.lifetime.settle();
  return number;
}

/** A webhook that was sent a test. */
async function addWebhook(
  platform: MemoryPlatform,
  org: string,
  { name, mark }: Record<"name" | "mark", string>,
) {
  const { db } = openMemoryDeps(platform);
  const [webhookId, deliveryId] = [`hook_${name}`, `msg_${name}`];
  const row = { id: webhookId, url: `https://${mark}.example/`, secret: "sealed", createdAt: 0 };
  await insertWebhook(
    db,
    { ...row, events: ["image.ready"] },
    {
      org,
      asker: null,
      max: 10,
      audit: someLine(),
    },
  );
  const asked = { org, id: webhookId, asker: null, jobId: `job_${name}`, deliveryId, now: 0 };
  await insertMessage(db, { ...asked, event: "webhook.test", payload: JSON.stringify({ mark }) });
  return { webhookId, deliveryId };
}

async function addImage(platform: MemoryPlatform, orgId: string, mark: string): Promise<string> {
  const id = `img_${mark}`.replaceAll("-", "_");
  const content = `INSERT INTO image_contents (sha256, format, bytes, width, height, state, created_at, changed_at)
    VALUES (?, 'png', 1, 1, 1, 'ready', 0, 0)`;
  const image = "INSERT INTO images (id, sha256, org_id, file_name, created_at) VALUES (?, ?, ?, ?, 0)";
  await platform.client.batch(
    [
      { sql: content, args: [`content-of-${mark}`] },
      { sql: image, args: [id, `content-of-${mark}`, orgId, `${mark}.png`] },
    ],
    "write",
  );
  return id;
}

/** A post of this person, with a comment of theirs. */
async function addPost(platform: MemoryPlatform, userId: string, name: string, mark: string) {
  const [postId, commentId] = [`post_${name}`, `comment_${name}`];
  const post = `INSERT INTO posts (id, author_id, text, entities, image_ids, like_count, comment_count, version, created_at)
    VALUES (?, ?, ?, '[]', '[]', 0, 1, 1, 0)`;
  const comment =
    "INSERT INTO comments (id, post_id, author_id, text, entities, created_at) VALUES (?, ?, ?, ?, '[]', 0)";
  await platform.client.batch(
    [
      { sql: post, args: [postId, userId, mark] },
      { sql: comment, args: [commentId, postId, userId, mark] },
    ],
    "write",
  );
  return { postId, commentId };
}

/** One of the organisation and one of the deployment that nobody's search depends on. */
async function addExperiment(
  platform: MemoryPlatform,
  org: string,
  { name, mark }: Record<"name" | "mark", string>,
): Promise<string> {
  const { db } = openMemoryDeps(platform);
  const experiment = `${name}-experiment`;
  const shared = { name: experiment, description: mark, control: 20, treatment: 30, unit: "user" as const };
  const row = { ...shared, share: 0.5, outcome: "click", salt: mark, startedAt: 0 };
  const by = () => ({ asker: null, audit: someLine() });
  await insertExperiment(db, { ...row, scope: org, parameter: "search_page_size" }, by());
  const parameter = name === "own" ? "feed_cache_seconds" : "feed_page_size";
  await insertExperiment(db, { ...row, scope: DEPLOYMENT, description: name, salt: name, parameter }, by());
  return experiment;
}

/** An organisation with one of everything; `mark` stands in all that only it, and the operator, may read. */
export async function createTenant(platform: MemoryPlatform, name: string, mark: string): Promise<Tenant> {
  const ctx = operatorCtx(platform);
  const { id } = await createOrg(ctx, { name: `Org ${mark}`, slug: `org-${mark}` });
  const key = await createApiKey(ctx, { org: id, name: `spare of ${mark}`, scopes: ["stats:read"] });
  const origins = [`https://${mark}.example`];
  const site = await createSiteKey(ctx, { org: id, name: `site of ${mark}`, origins });
  const webhook = await addWebhook(platform, id, { name, mark });
  const email = `invited-${mark}@example.com`;
  await inviteMember(ctx, { org: id, email, role: "analyst", origin: "https://shop.example" });
  const spareMemberId = await addPerson(platform, `${name}-spare`, mark);
  await join(platform, id, spareMemberId, "member");
  const visitor = await addPerson(platform, `${name}-visitor`, mark);
  const sessionId = `ses_${await addSession(platform, visitor)}`;
  const productId = `${name}-product`;
  const actor = { kind: "api-key" as const, keyId: key.id, orgId: id, orgSlug: name, scopes: SCOPES };
  const body = { title: "A lamp", price: { amount: 100, currency: "USD" } };
  await putProduct({ ...ctx, actor }, { id: productId, body, precondition: { kind: "none" } });
  const userId = `${name}-user`;
  const number = await addEvents(platform, id, mark, userId);
  const imageId = await addImage(platform, id, mark);
  const post = await addPost(platform, visitor, name, mark);
  const experiment = await addExperiment(platform, id, { name, mark });
  const keys = { spareKeyId: key.id, siteKeyId: site.id, experiment };
  return { id, number, ...keys, ...webhook, ...post, spareMemberId, sessionId, userId, productId, imageId };
}
