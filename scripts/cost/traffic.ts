import type { Counts } from "./receipts.ts";
import type { Figure, Figures } from "./figures.ts";
import type { Scenario } from "./scenario.ts";

/** One route's part of the traffic. What is not named is as the route's receipt and CPU class have it. */
export interface Visited {
  route: string;
  /** Requests in an average visit to the shop. */
  perVisit: number;
  why: string;
  /** Share that a cache answers, which then costs neither the database nor a store. */
  hits?: number;
  /** CPU milliseconds of what no cache answers, and of what one does. */
  cpuMs?: Figure;
  hitMs?: Figure;
  /** Rows looked at. */
  rows?: Figure;
  counts?: Partial<Counts>;
  /** Events that a request brings: what they cost then is the fold's. */
  events?: number;
  /** Counts as a search of the index, which looks now and then whether the catalogue has changed. */
  isSearch?: boolean;
}

/** What becomes of events is counted where they are folded, many at once. */
const NO_FOLD = { messages: 0, rowsBilled: 0, jobBlobReads: 0, jobBlobWrites: 0 };

/** Somebody comes by a link or the start page, searches, types, and looks at products and their pictures. */
function shopping(f: Figures, { searchHits, pictureHits }: Scenario): Visited[] {
  const search = { cpuMs: f.searchMs, hitMs: f.cachedSearchMs, isSearch: true };
  return [
    { route: "GET /", perVisit: 0.4, why: "others come by a link", ...search, hits: searchHits },
    { route: "GET /v1/search", perVisit: 3, why: "with filters and next pages", ...search, hits: searchHits },
    {
      route: "GET /v1/suggest",
      perVisit: 4,
      why: "the letters of a search; the page waits for a pause",
      ...search,
    },
    { route: "GET /p/:id", perVisit: 3, why: "one of each page of results" },
    { route: "GET /v1/products/{id}", perVisit: 0.5, why: "programs of merchants" },
    { route: "GET /i/{id}/{variant}", perVisit: 20, why: PICTURES, hits: pictureHits },
    {
      route: "POST /v1/collect",
      perVisit: 4,
      why: "one a page, of who allows it",
      events: 1,
      counts: NO_FOLD,
    },
    { route: "GET /v1/me", perVisit: 0.3, why: "pages that show who is signed in" },
    {
      route: "POST /api/auth/sign-in/email",
      perVisit: 0.03,
      why: "every tenth is known, for a while",
      counts: SHOPPER,
    },
  ];
}

/** Who belongs to no organisation, which would count the sign-in: a session, with its entries of indexes. */
const SHOPPER = { messages: 0, rowsBilled: 5, jobBlobReads: 0, jobBlobWrites: 0 };
const PICTURES = "of about 60 that are shown; the others are in the browser, since they never change";

/** Every tenth visitor has friends. */
function community(f: Figures): Visited[] {
  const feed = { cpuMs: f.feedMs, hitMs: f.cachedFeedMs, rows: f.feedRows };
  const looks = { trips: 24, rowsRead: 24 };
  return [
    { route: "GET /feed", perVisit: 0.1, why: "the page", ...feed },
    {
      route: "GET /v1/feed",
      perVisit: 0.4,
      why: "scrolling, and looking again",
      ...feed,
      hits: f.feedHitShare.value,
    },
    { route: "GET /v1/feed/live", perVisit: 0.2, why: "two minutes, with a look every 5 s", counts: looks },
    { route: "PUT /v1/posts/{id}/like", perVisit: 0.05, why: "one of ten pages of a feed" },
    { route: "POST /v1/posts/{id}/comments", perVisit: 0.02, why: "less than half as many" },
    { route: "POST /v1/posts", perVisit: 0.01, why: "most read" },
  ];
}

/** Their servers, dashboards and catalogues. */
function merchants(f: Figures, { dashboardHits: hits }: Scenario): Visited[] {
  const users = { cpuMs: f.usersPageMs, rows: f.usersPageRows, hits };
  const stored = { blobWrites: 1, jobBlobReads: 1, jobBlobWrites: 6 };
  return [
    { route: "POST /v1/events", perVisit: 0.02, why: "50 events a request", events: 50, counts: NO_FOLD },
    { route: "GET /v1/orgs/{org}/overview", perVisit: 0.01, why: "30 days", rows: f.overviewRows, hits },
    { route: "GET /v1/orgs/{org}/users", perVisit: 0.02, why: "two pages of it", ...users },
    { route: "PUT /v1/products/{id}", perVisit: 0.05, why: "prices and stock" },
    { route: "POST /v1/images", perVisit: 0.003, why: "new pictures", cpuMs: f.imageMs, counts: stored },
  ];
}

/** The traffic of a marketplace, as an average visit to it. */
export function trafficOf(figures: Figures, scenario: Scenario): Visited[] {
  return [...shopping(figures, scenario), ...community(figures), ...merchants(figures, scenario)];
}

/** `perVisit` as shares of all requests. */
export function sharesOf(traffic: readonly Visited[]): number[] {
  const all = traffic.reduce((sum, { perVisit }) => sum + perVisit, 0);
  return traffic.map(({ perVisit }) => perVisit / all);
}
