import { z } from "@hono/zod-openapi";
import { USER_SORTS } from "../../services/analytics/users.ts";
import { listOf } from "../openapi.ts";

export const MAX_PREFIX = 200;

/** Answers of an organisation are its own, and checked with each request. */
export const PRIVATE = { cacheControl: "private, no-cache", vary: "Authorization, Cookie" };

export const UserSchema = z
  .object({
    id: z.string().openapi({ description: "The organisation's own name for the user" }),
    name: z.string().nullable().openapi({ description: "null where none is known" }),
    logins: z.int(),
    page_views: z.int(),
    activities: z.int(),
    last_activity: z.iso.datetime().nullable().openapi({
      description: "The newest event of any type; null for a user who did nothing yet",
    }),
  })
  .openapi("OrgUser");

export const UserPageSchema = listOf("OrgUserPage", UserSchema)
  .extend({
    as_of: z.iso.datetime().openapi({
      description:
        "When the newest change that the page shows came in. Nothing newer was there at most a second before the answer.",
    }),
    rows_read: z.int().openapi({
      description:
        "Rows of tables and indexes that the answer's statements looked at when it was made, at most: as their plans have it",
    }),
  })
  .openapi("OrgUserList");

const rejectedLine = z.object({
  line: z.int().openapi({ description: "From 1" }),
  code: z.string().openapi({ description: "Stable: what a program decides on", example: "invalid_id" }),
  detail: z.string(),
});

export const UserImportResultSchema = z
  .object({
    accepted: z.int().openapi({ description: "Lines taken, the unchanged ones among them" }),
    unchanged: z.int(),
    rejected_count: z.int(),
    rejected: z.array(rejectedLine).openapi({ description: "The first 100" }),
    last_line: z.int().openapi({ description: "The number of the last line read" }),
  })
  .openapi("OrgUserImportResult");

const minute = z.object({
  start: z.iso.datetime(),
  page_views: z.int(),
  logins: z.int(),
  activities: z.int(),
});

export const LiveSchema = z
  .object({
    active_users: z.int().openapi({ description: "Users (not visitors) with an event in these minutes" }),
    active_users_capped: z.boolean().openapi({ description: "Counted to 1,000, and there are more" }),
    minutes: z
      .array(minute)
      .openapi({ description: "All thirty in UTC, the oldest first; the last one is under way" }),
    as_of: z.iso.datetime(),
  })
  .openapi("OrgLive");

/** Not with a control character: no name has one, and the database ends a text at NUL. */
const prefix = z
  .string()
  .max(MAX_PREFIX, `Expected at most ${MAX_PREFIX} characters`)
  .regex(/^\P{Cc}*$/u, "Expected text without control characters")
  .default("")
  .openapi({
    description: "The beginning of the name (of the id, for a user without one), in any case",
    // By itself it would come with the slash and flag of its notation here.
    pattern: String.raw`^\P{Cc}*$`,
  });

const activeSince = z.iso
  .datetime({ offset: true, message: "Expected a time as in RFC 3339, such as 2026-03-01T00:00:00Z" })
  .transform((text) => Date.parse(text))
  .refine(Number.isFinite, "Expected a time that exists")
  .optional()
  .openapi({
    type: "string",
    format: "date-time",
    description: "Only users with an event at this time or later",
    example: "2026-03-01T00:00:00Z",
  });

export const selection = {
  sort: z.enum(USER_SORTS).default("-last_activity").openapi({ description: "`-` is descending" }),
  q: prefix,
  active_since: activeSince,
};
