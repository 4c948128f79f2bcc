import { z } from "@hono/zod-openapi";
import { BOT_REASONS } from "../../domain/event.ts";
import { INTERVALS } from "../../domain/interval.ts";
import { COMPARISONS } from "../../domain/interval-range.ts";

const ACTIVE = "Different people who did anything; null while a job counts them: ask again in a few seconds";

const edge = z.string().min(1).max(40).optional();

export const overviewQuery = z.object({
  from: edge.openapi({
    description:
      "A date on the zone's calendar, or an instant as in RFC 3339; 30 days before `to` by default",
    example: "2026-03-01",
  }),
  to: edge.openapi({
    description: "The last date, which is in the range, or an instant, which is not; today by default",
    example: "2026-03-31",
  }),
  tz: z.string().min(1).max(64).optional().openapi({
    description: "An IANA time zone; the organisation's own by default",
    example: "Asia/Kathmandu",
  }),
  interval: z
    .enum(INTERVALS)
    .optional()
    .openapi({
      description:
        "Of the series: at most 31 days by hour, 400 days by day, 5 years by week (from Monday), 10 years by month; by the " +
        "range's length if left out",
    }),
  compare: z.enum(COMPARISONS).optional().openapi({
    description:
      "`previous`: as long just before, for whole months as many months before. `year`: the same dates a year before",
  }),
});

const counts = {
  logins: z.int(),
  page_views: z.int(),
  activities: z.int(),
  active_users: z.int().nullable().openapi({ description: ACTIVE }),
};

const instant = z.iso.datetime({ offset: true });

const seriesFields = {
  from: instant.openapi({ description: "With the zone's offset", example: "2026-03-01T00:00:00+05:45" }),
  to: instant.openapi({ description: "The first instant after the range" }),
  totals: z
    .object({
      ...counts,
      bots: z.int().openapi({ description: "Machines' events, which no other number holds" }),
    })
    .openapi("OverviewTotals"),
  series: z.array(
    z.object({ start: instant, ...counts }).openapi("OverviewPoint", {
      description: "From `start` to the next point's; the first and last may be cut",
    }),
  ),
};

export const OverviewSchema = z
  .object({
    ...seriesFields,
    tz: z.string(),
    interval: z.enum(INTERVALS),
    active_users_error: z.number().openapi({
      description:
        "0 where every `active_users` is exact, else the relative standard error of those that are not",
    }),
    comparison: z.object(seriesFields).nullable().openapi("OverviewSeries"),
    top_paths: z.array(z.object({ path: z.string(), page_views: z.int() })).openapi({
      description: "The ten with the most views over the whole days in UTC nearest to the range",
    }),
    top_referrers: z.array(z.object({ host: z.string(), page_views: z.int() })).openapi({
      description: "As `top_paths`, for the hosts that visitors came from",
    }),
    bots: z.array(z.object({ reason: z.enum(BOT_REASONS), events: z.int() })).openapi({
      description: "Over the same days",
    }),
    retention: z
      .array(
        z.object({
          cohort: z.iso.date().openapi({ description: "The Monday of the week in UTC" }),
          users: z.int(),
          weeks: z
            .array(z.int())
            .openapi({ description: "How many were there in that week and each one after it" }),
        }),
      )
      .openapi({
        description:
          "People first seen in each of the last 12 weeks, whatever the range; an hour old at most",
      }),
    as_of: z.iso.datetime().openapi({ description: "When the newest change that the answer shows came in" }),
    version: z.int(),
    rows_read: z.int().openapi({ description: "Rows of tables that the answer was made from" }),
  })
  .openapi("Overview");
