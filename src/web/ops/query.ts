export const SPANS = [15, 60, 180] as const;
export const SORTS = ["rate", "p99", "errors", "route"] as const;
export const STATEMENT_ORDERS = ["total", "worst"] as const;
export type Sort = (typeof SORTS)[number];
export type StatementOrder = (typeof STATEMENT_ORDERS)[number];

/** What the address of the page says. */
export interface OpsQuery {
  minutes: (typeof SPANS)[number];
  sort: Sort;
  statements: StatementOrder;
  /** `GET /v1/search`: whose latencies the chart shows; empty for all. */
  route: string;
  /** Of the dead letters' list; empty for its start. */
  cursor: string;
}

const STANDARD: OpsQuery = { minutes: 60, sort: "rate", statements: "total", route: "", cursor: "" };
const MAX_TEXT = 2_000;

/** Whatever is not known counts as not said. */
export function parseOpsQuery(params: URLSearchParams): OpsQuery {
  const text = (name: string): string => (params.get(name) ?? "").slice(0, MAX_TEXT);
  return {
    minutes: SPANS.find((span) => String(span) === text("minutes")) ?? STANDARD.minutes,
    sort: SORTS.find((sort) => sort === text("sort")) ?? STANDARD.sort,
    statements: STATEMENT_ORDERS.find((order) => order === text("statements")) ?? STANDARD.statements,
    route: text("route"),
    cursor: text("cursor"),
  };
}

/** What differs from the usual, for an address. */
export function opsParams(query: OpsQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== STANDARD[name as keyof OpsQuery]) params.set(name, String(value));
  }
  return params;
}

export function opsHref(query: OpsQuery, anchor = ""): string {
  const search = opsParams(query).toString();
  return `/ops${search === "" ? "" : `?${search}`}${anchor}`;
}
