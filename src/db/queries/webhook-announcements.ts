import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { picturePath, VARIANTS } from "../../domain/image.ts";
import type { ImageState } from "../../domain/image.ts";
import { toRfc3339 } from "../../domain/time.ts";
import type { WebhookEvent } from "../../domain/webhook.ts";
import type { Database } from "../client.ts";
import { imageContents, images } from "../schema/images.ts";
import { outbox } from "../schema/jobs.ts";
import { webhookDeliveries, webhooks } from "../schema/webhooks.ts";
import { originOf } from "./outbox.ts";

export interface Announcement {
  event: WebhookEvent;
  /** Every image of an organisation with these bytes is announced, or `imageId` alone. */
  sha256: string;
  imageId?: string;
  now: number;
}

const STATE_OF_EVENT: Readonly<Record<WebhookEvent, ImageState>> = {
  "image.ready": "ready",
  "image.failed": "failed",
};

/**
 * Statements for the batch that makes an image ready or failed: a delivery for each webhook of the images' organisations
 * that asks for the event, and its job in the outbox. They read the images as they are when the statements run; where the
 * content is not in the state that the event tells of, they write nothing. An image's entry into a state (by the
 * content's `changed_at`) is told once to each webhook, however often the batch runs.
 */
export function announcements(db: Database, announcement: Announcement): BatchItem<"sqlite">[] {
  return [db.orm.run(insertDeliveries(announcement)), db.orm.run(insertJobs(db, announcement))];
}

function insertDeliveries(announcement: Announcement): SQL {
  const { event, now } = announcement;
  return sql`INSERT INTO ${webhookDeliveries} (id, webhook_id, org_id, event, occurrence, payload, state, attempts, due_at, created_at)
    SELECT ${newIdSql("msg", now)}, hook.id, hook.org_id, ${event}, ${OCCURRENCE}, ${payloadOf(announcement)}, 'waiting', 0, ${now}, ${now}
    FROM ${toldTo(announcement)} AND delivery.id IS NULL`;
}

/** The job's id is the delivery's, so that the batch can run again without a second job. */
function insertJobs(db: Database, announcement: Announcement): SQL {
  return sql`INSERT INTO ${outbox} (id, kind, payload, created_at, origin)
    SELECT 'job' || substr(delivery.id, 4), 'webhooks.deliver', json_object('delivery', delivery.id), ${announcement.now}, ${originOf(db)}
    FROM ${toldTo(announcement)} AND delivery.state = 'waiting' AND delivery.attempts = 0
    ON CONFLICT DO NOTHING`;
}

const OCCURRENCE = sql`(image.id || ':' || content.state || ':' || content.changed_at)`;

/** Images and the webhooks to be told of them, with the deliveries that were made of it already. */
function toldTo({ event, sha256, imageId }: Announcement): SQL {
  const isAsked = imageId === undefined ? sql`true` : sql`image.id = ${imageId}`;
  return sql`${imageContents} AS content
    JOIN ${images} AS image ON image.sha256 = content.sha256
    JOIN ${webhooks} AS hook ON hook.org_id = image.org_id
    LEFT JOIN ${webhookDeliveries} AS delivery ON delivery.webhook_id = hook.id AND delivery.occurrence = ${OCCURRENCE}
    WHERE content.sha256 = ${sha256} AND content.state = ${STATE_OF_EVENT[event]} AND ${isAsked}
      AND hook.disabled_at IS NULL AND EXISTS (SELECT 1 FROM json_each(hook.events) WHERE value = ${event})`;
}

function payloadOf({ event, now }: Announcement): SQL {
  const urls = VARIANTS.map((variant) => sql`${variant}, ${pathOf(variant)}`);
  // `json(…)` of NULL is NULL, and of a text the value itself rather than a quoted string.
  const error = sql`json(CASE WHEN content.error_code IS NOT NULL
    THEN json_object('code', content.error_code, 'detail', content.error_detail) END)`;
  return sql`json_object('type', ${event}, 'timestamp', ${toRfc3339(now)}, 'data', json_object(
    'id', image.id, 'status', content.state, 'sha256', content.sha256, 'width', content.width, 'height', content.height,
    'format', content.format, 'bytes', content.bytes, 'thumbhash', content.thumbhash, 'error', ${error},
    'url', json_object(${sql.join(urls, sql`, `)})))`;
}

function pathOf(variant: (typeof VARIANTS)[number]): SQL {
  const [before, after] = picturePath("\n", variant).split("\n");
  return sql`${before} || image.id || ${after}`;
}

/** As `newId` makes them, one for each row: milliseconds, then random bits that SQLite draws. */
function newIdSql(prefix: string, now: number): SQL {
  const head = `${prefix}_${now.toString(16).padStart(12, "0")}7`;
  const variant = sql`substr('89ab', 1 + abs(random() % 4), 1)`;
  return sql`${head} || substr(lower(hex(randomblob(2))), 2) || ${variant} || substr(lower(hex(randomblob(8))), 2)`;
}
