import { addDays, addMonths, dateIn, startOfDate } from "./local-time.ts";
import { INTERVALS, METRICS } from "./wire.ts";
import type { Interval, Metric } from "./wire.ts";

export const RANGES = [
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
  { value: "90d", label: "90 days" },
  { value: "12m", label: "12 months" },
] as const;
export type Range = (typeof RANGES)[number]["value"];

export const COMPARISONS = [
  { value: "previous", label: "the period before" },
  { value: "year", label: "a year before" },
  { value: "none", label: "nothing" },
] as const;
export type Compare = (typeof COMPARISONS)[number]["value"];

export const SORT_COLUMNS = ["name", "logins", "page_views", "last_activity"] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type UserSort = SortColumn | `-${SortColumn}`;
const SORTS = SORT_COLUMNS.flatMap((column): UserSort[] => [column, `-${column}`]);

export const ACTIVE_CHOICES = [
  { value: "", label: "any time" },
  { value: "1d", label: "today", days: 0 },
  { value: "7d", label: "the last 7 days", days: 6 },
  { value: "30d", label: "the last 30 days", days: 29 },
  { value: "90d", label: "the last 90 days", days: 89 },
] as const;
export type ActiveChoice = (typeof ACTIVE_CHOICES)[number]["value"];

/** Everything that the address of a dashboard says. */
export interface DashboardQuery {
  range: Range;
  /** Dates of a range of one's own, both or none; they go before `range`. */
  from: string;
  to: string;
  /** An IANA zone; empty for the organisation's. */
  tz: string;
  interval: Interval | "";
  compare: Compare;
  metric: Metric;
  sort: UserSort;
  /** The beginning of a name. */
  q: string;
  active: ActiveChoice;
  cursor: string;
}

export const STANDARD: DashboardQuery = {
  range: "30d",
  from: "",
  to: "",
  tz: "",
  interval: "",
  compare: "previous",
  metric: "page_views",
  sort: "-last_activity",
  q: "",
  active: "",
  cursor: "",
};
const NAMES = Object.keys(STANDARD) as (keyof DashboardQuery)[];
const DATE = /^\d{4}-\d\d-\d\d$/;
const MAX_TEXT = 200;

function among<T extends string>(values: readonly T[], value: string | null, standard: T): T {
  return values.find((one) => one === value) ?? standard;
}

/** Reads an address. What it does not understand becomes the standard; zones and dates are judged by the server. */
export function parseDashboardQuery(params: URLSearchParams): DashboardQuery {
  const text = (name: string, max = MAX_TEXT) => (params.get(name) ?? "").trim().slice(0, max);
  const [from, to] = [text("from"), text("to")];
  const dated = DATE.test(from) && DATE.test(to);
  const values = <T extends string>(choices: readonly { value: T }[]) => choices.map(({ value }) => value);
  return {
    range: among(values(RANGES), params.get("range"), STANDARD.range),
    from: dated ? from : "",
    to: dated ? to : "",
    tz: text("tz"),
    interval: INTERVALS.find((one) => one === params.get("interval")) ?? "",
    compare: among(values(COMPARISONS), params.get("compare"), STANDARD.compare),
    metric: among(METRICS, params.get("metric"), STANDARD.metric),
    sort: among(SORTS, params.get("sort"), STANDARD.sort),
    q: text("q"),
    active: among(values(ACTIVE_CHOICES), params.get("active"), STANDARD.active),
    cursor: text("cursor", 2_000),
  };
}

function paramsOf(query: DashboardQuery): URLSearchParams {
  const params = new URLSearchParams();
  const custom = query.from !== "";
  for (const name of NAMES) {
    if (query[name] !== STANDARD[name] && !(custom && name === "range")) params.set(name, query[name]);
  }
  return params;
}

/** The shortest address that says `query`, from the root. */
export function dashboardHref(org: string, query: DashboardQuery, fragment = ""): string {
  const params = paramsOf(query).toString();
  return `/orgs/${encodeURIComponent(org)}${params === "" ? "" : `?${params}`}${fragment}`;
}

/** What a form sends beside its own fields, so that the address keeps the rest; a page of users is left behind. */
export function hiddenFields(
  query: DashboardQuery,
  own: readonly (keyof DashboardQuery)[],
): [string, string][] {
  return [...paramsOf(query)].filter(([name]) => name !== "cursor" && !own.some((one) => one === name));
}

/** True where the parameters say more than they must, as forms do with their empty fields. */
export function isFormSubmission(org: string, url: URL): boolean {
  return (
    url.search !== "" &&
    dashboardHref(org, parseDashboardQuery(url.searchParams)) !== url.pathname + url.search
  );
}

/** The dates a range stands for, both inclusive, where `today` is the date in its zone. */
export function rangeDates(query: DashboardQuery, today: string): { from: string; to: string } {
  if (query.from !== "") return { from: query.from, to: query.to };
  switch (query.range) {
    case "7d":
      return { from: addDays(today, -6), to: today };
    case "30d":
      return { from: addDays(today, -29), to: today };
    case "90d":
      return { from: addDays(today, -89), to: today };
    case "12m":
      return { from: `${addMonths(today, -11).slice(0, 7)}-01`, to: today };
    default:
      return query.range satisfies never;
  }
}

/** The parameters of `GET /v1/orgs/{org}/overview`; its own range is the standard one, in the organisation's zone. */
export function overviewParams(query: DashboardQuery, today: string): URLSearchParams {
  const isStandard = query.from === "" && query.range === STANDARD.range;
  const params = new URLSearchParams(isStandard ? {} : rangeDates(query, today));
  if (query.tz !== "") params.set("tz", query.tz);
  if (query.interval !== "") params.set("interval", query.interval);
  if (query.compare !== "none") params.set("compare", query.compare);
  return params;
}

/** The date from which users must have done something; `null` for any. */
export function activeSince(query: DashboardQuery, today: string): string | null {
  const choice = ACTIVE_CHOICES.find(({ value }) => value === query.active);
  return choice !== undefined && "days" in choice ? addDays(today, -choice.days) : null;
}

/** The parameters of `GET /v1/orgs/{org}/users`, and without the page those of `users.csv`; times are of `zone`. */
export function usersParams(query: DashboardQuery, zone: string, now: number): URLSearchParams {
  const params = new URLSearchParams({ sort: query.sort });
  if (query.q !== "") params.set("q", query.q);
  const since = activeSince(query, dateIn(zone, now));
  if (since !== null) params.set("active_since", startOfDate(since, zone));
  if (query.cursor !== "") params.set("cursor", query.cursor);
  return params;
}
