import type { Link } from "./proxy.ts";

export type Store = "kv" | "blobs" | "queue";

/** What fails in one step of a measurement. */
export interface Step {
  name: string;
  database?: Link;
  stores?: readonly Store[];
}

export const STEPS: readonly Step[] = [
  { name: "nothing" },
  { name: "the database, 300 ms late", database: { delayMs: 300 } },
  { name: "the database, silent", database: "silent" },
  { name: "the database, refusing", database: "refused" },
  { name: "the database, cut off amid answers", database: "cut" },
  { name: "KV", stores: ["kv"] },
  { name: "the object store", stores: ["blobs"] },
  { name: "the queue", stores: ["queue"] },
  { name: "all of them", database: "refused", stores: ["kv", "blobs", "queue"] },
];

const JOBS: Readonly<Record<string, string>> = {
  "GET /v1/search": "search",
  "GET /v1/suggest": "search",
  "GET /v1/products/{id}": "products",
  "GET /i/{id}/{variant}": "pictures",
  "GET /v1/feed": "feed",
  "GET /v1/posts/{id}": "posts",
  "GET /v1/orgs/{org}/users": "dashboard",
  "GET /v1/orgs/{org}/overview": "dashboard",
  "POST /v1/events": "events",
};

/** What a route is for, as a table of availability has it. */
export function jobOf(route: string): string {
  return JOBS[route] ?? "other writes";
}

export const JOB_NAMES: readonly string[] = [...new Set(Object.values(JOBS)), "other writes"];
