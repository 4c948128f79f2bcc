import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { seal } from "../../domain/sealed.ts";
import { WEBHOOK_EVENTS } from "../../domain/webhook.ts";
import type { WebhookEvent } from "../../domain/webhook.ts";
import {
  deleteWebhook as deleteRow,
  findWebhook,
  insertWebhook,
  listWebhooks as listRows,
  rotateSecret as rotateRow,
  updateWebhook as updateRow,
} from "../../db/queries/webhooks.ts";
import type { WebhookKey } from "../../db/queries/webhooks.ts";
import { auditLine } from "../audit/line.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { askerOf, requireStanding } from "../orgs/asker.ts";
import { requireAddress } from "./address.ts";
import { MAX_WEBHOOKS, OLD_SECRET_MS } from "./limits.ts";
import { newWebhookSecret, sealContext } from "./signature.ts";

export interface Webhook {
  id: string;
  orgId: string;
  url: string;
  events: readonly WebhookEvent[];
  createdAt: number;
  disabledAt: number | null;
  /** `null` where its owner disabled it. */
  disabledReason: string | null;
  /** Since when no delivery has succeeded; `null` after a success. */
  failingSince: number | null;
}

export function noSuchWebhook({ org, id }: WebhookKey): AppError {
  return new AppError("not_found", `The organisation "${org}" has no webhook "${id}"`);
}

/** Distinct, in the order in which we name them. */
function requireEvents(given: readonly WebhookEvent[]): WebhookEvent[] {
  const events = WEBHOOK_EVENTS.filter((event) => given.includes(event));
  if (events.length > 0) return events;
  const errors = [{ path: "events", message: "Expected at least one event" }];
  throw new AppError("invalid_input", { detail: "A webhook without events is told nothing", errors });
}

/**
 * `org` is an id or slug. The secret is in this answer and nowhere else. Throws `invalid_input` for an address that is not
 * sent to, `conflict` for one webhook too many.
 */
export async function createWebhook(
  ctx: Ctx<"db" | "clock" | "config">,
  input: { org: string; url: string; events: readonly WebhookEvent[] },
): Promise<Webhook & { secret: string }> {
  const org = requirePermission(ctx.actor, "webhooks:write", input.org);
  const asker = askerOf(ctx.actor, "webhooks:write");
  const { url, events } = {
    url: requireAddress(input.url, ctx.config.environment),
    events: requireEvents(input.events),
  };
  const id = newId("hook", ctx.clock);
  const secret = newWebhookSecret();
  const sealed = await seal(ctx.config.secret, sealContext(id), secret);
  const row = { id, url, events, secret: sealed, createdAt: ctx.clock.now() };
  const audit = auditLine(ctx, "webhook.created", { target: id, facts: { events } });
  const { before, inserted } = await insertWebhook(ctx.db, row, { org, asker, max: MAX_WEBHOOKS, audit });
  if (inserted !== null) return { ...inserted, secret };
  requireStanding(asker, before, input.org);
  throw new AppError("conflict", `The organisation has ${MAX_WEBHOOKS} webhooks: delete one first`);
}

/** The oldest first. `org` is an id or slug. */
export async function listWebhooks(
  ctx: Ctx<"db" | "config">,
  org: string,
  { cursor, limit }: PageRequest,
): Promise<Page<Webhook>> {
  const id = requirePermission(ctx.actor, "webhooks:write", org);
  const scope = `webhooks:${id}`;
  const after = await afterOf(ctx, scope, cursor);
  return pageOf(ctx, scope, await listRows(ctx.db, { org: id, after, limit: limit + 1 }), limit);
}

export async function getWebhook(ctx: Ctx<"db">, { org, id }: WebhookKey): Promise<Webhook> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const found = await findWebhook(ctx.db, { org: orgId, id });
  if (found === undefined) throw noSuchWebhook({ org, id });
  return found;
}

export interface WebhookUpdate extends WebhookKey {
  url?: string;
  events?: readonly WebhookEvent[];
  /** `false` enables again what was disabled, by its owner or by us. */
  disabled?: boolean;
}

/** Changes what is given. Messages that wait go to the new address. */
export async function updateWebhook(
  ctx: Ctx<"db" | "clock" | "config">,
  { org, id, url, events, disabled }: WebhookUpdate,
): Promise<Webhook> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const asker = askerOf(ctx.actor, "webhooks:write");
  const change = {
    ...(url === undefined ? {} : { url: requireAddress(url, ctx.config.environment) }),
    ...(events === undefined ? {} : { events: requireEvents(events) }),
    ...(disabled === undefined ? {} : { disabled: disabled ? { at: ctx.clock.now() } : null }),
  };
  const audit = auditLine(ctx, "webhook.updated", { target: id, facts: { changes: Object.keys(change) } });
  const { before, updated } = await updateRow(ctx.db, { org: orgId, id }, { asker, change, audit });
  if (updated !== null) return updated;
  requireStanding(asker, before, org);
  throw noSuchWebhook({ org, id });
}

/** Makes a new secret, shown in this answer alone. For a day messages carry the signature of the one before, too. */
export async function rotateSecret(
  ctx: Ctx<"db" | "clock" | "config">,
  { org, id }: WebhookKey,
): Promise<{ secret: string; oldUntil: number }> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const asker = askerOf(ctx.actor, "webhooks:write");
  const secret = newWebhookSecret();
  const sealed = await seal(ctx.config.secret, sealContext(id), secret);
  const oldUntil = ctx.clock.now() + OLD_SECRET_MS;
  const audit = auditLine(ctx, "webhook.secret_rotated", { target: id });
  const given = { asker, secret: sealed, oldUntil, audit };
  const { before, updated } = await rotateRow(ctx.db, { org: orgId, id }, given);
  if (updated !== null) return { secret, oldUntil };
  requireStanding(asker, before, org);
  throw noSuchWebhook({ org, id });
}

/** Deletes it with its deliveries; what was to be sent is not sent any more. */
export async function deleteWebhook(ctx: Ctx<"db" | "clock">, { org, id }: WebhookKey): Promise<void> {
  const orgId = requirePermission(ctx.actor, "webhooks:write", org);
  const asker = askerOf(ctx.actor, "webhooks:write");
  const audit = auditLine(ctx, "webhook.deleted", { target: id });
  const { before, isDeleted } = await deleteRow(ctx.db, { org: orgId, id }, { asker, audit });
  if (isDeleted) return;
  requireStanding(asker, before, org);
  throw noSuchWebhook({ org, id });
}
