import { z } from "@hono/zod-openapi";
import { EVENT_TYPES } from "../../domain/event.ts";
import { MAX_PROPERTIES_BYTES } from "../../services/events/event-properties.ts";
import { MAX_USER_ID } from "../../services/events/event-fields.ts";
import { MAX_ID, MAX_USER_NAME } from "../../services/events/parse-event.ts";
import type { App } from "../openapi.ts";

const at = z.union([
  z.iso.datetime({ offset: true }).openapi({ description: "RFC 3339" }),
  z.int().openapi({ description: "Milliseconds since the epoch" }),
]);

export const EVENT_EXAMPLE = {
  id: "order-4711",
  type: "page_view",
  user_id: "customer-42",
  at: "2026-01-02T03:04:05Z",
  path: "/lamps/brass",
  referrer: "https://www.example.org/",
};

/** What the document says; each event is read by itself, so that a bad one loses no other. */
const EventInputSchema = z
  .object({
    id: z.string().min(1).max(MAX_ID).openapi({ description: "Yours, and unique in the organisation" }),
    type: z.enum(EVENT_TYPES),
    user_id: z.string().min(1).max(MAX_USER_ID).openapi({ description: "Your own name for the user" }),
    at: at.openapi({ description: "When it happened" }),
    path: z.string().nullish().openapi({ description: "Of the page; query and fragment are dropped" }),
    referrer: z.string().nullish().openapi({ description: "An address; its host is kept" }),
    properties: z
      .record(z.string(), z.unknown())
      .nullish()
      .openapi({ description: `At most ${MAX_PROPERTIES_BYTES} bytes of JSON, three deep` }),
    user_name: z
      .string()
      .max(MAX_USER_NAME)
      .nullish()
      .openapi({ description: "Shown in the dashboard; the newest holds" }),
    user_agent: z
      .string()
      .nullish()
      .openapi({ description: "Of the user's browser, where you know it: machines are counted apart" }),
  })
  .openapi("EventInput", { example: EVENT_EXAMPLE });

const EventsInputSchema = z
  .object({ events: z.array(EventInputSchema).min(1).max(1_000) })
  .openapi("EventsInput", { example: { events: [EVENT_EXAMPLE] } });

const MessageSchema = z
  .object({
    site: z.string().openapi({ description: "A site key" }),
    id: z.string().min(1).max(MAX_ID),
    type: z.enum(["page_view", "activity"]),
    path: z.string().nullish(),
    referrer: z.string().nullish(),
    user_id: z.string().max(MAX_USER_ID).nullish(),
    properties: z.record(z.string(), z.unknown()).nullish(),
    bot: z.enum(["webdriver"]).nullish(),
  })
  .openapi("BeaconMessage", {
    example: {
      site: "site_019b7ca98c8870b4808e96fd1b3df43e",
      id: "6f2k1m9x",
      type: "page_view",
      path: "/lamps",
    },
  });

export function registerBodies(app: App): void {
  app.openAPIRegistry.register("EventInput", EventInputSchema);
  app.openAPIRegistry.register("EventsInput", EventsInputSchema);
  app.openAPIRegistry.register("BeaconMessage", MessageSchema);
}

/** A body that the document describes by name and the verb reads by itself. */
export function bodyNamed(name: "EventsInput" | "BeaconMessage", types: readonly string[]) {
  const schema = { $ref: `#/components/schemas/${name}` };
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

const code = z.string().openapi({ description: "Stable: what a program decides on", example: "too_old" });

const counts = {
  accepted: z.int().openapi({ description: "Durable; counted within seconds" }),
  duplicates: z.int().openapi({ description: "Came before with the same content" }),
};

const deferred = z.literal(true).optional().openapi({
  description: "Durable, and recorded once the database answers; until then nothing tells of duplicates",
});

export const EventsResultSchema = z
  .object({ ...counts, deferred, rejected: z.array(z.object({ index: z.int(), code, detail: z.string() })) })
  .openapi("EventsResult");

export const EventImportResultSchema = z
  .object({
    ...counts,
    rejected_count: z.int(),
    rejected: z
      .array(z.object({ line: z.int(), code, detail: z.string() }))
      .openapi({ description: "The first 100" }),
    last_line: z.int().openapi({ description: "The number of the last line read" }),
  })
  .openapi("EventImportResult");
