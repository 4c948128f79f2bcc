import { getText } from "../load-client.ts";
import type { Servers } from "../deno-servers.ts";
import { readPages } from "../feed/http-pages.ts";
import { numberOf } from "../feed/ids.ts";
import { bearerOf } from "../feed/sign-in.ts";
import { walkUsers } from "../analytics/tenant.ts";
import { SECRET } from "../world/world.ts";
import type { World } from "../world/world.ts";
import type { Job } from "./rivals.ts";

export type Step = "before" | "after" | "cached";

/** One server asked in one way. */
export interface Contender {
  job: Job;
  /** Of whom: ours, or how far the reference has come. */
  name: string;
  isOurs: boolean;
  step: Step;
  port: number;
  request(i: number): string;
  /** Where a request takes seconds: so many of them, in place of a time. */
  total?: number;
  /** Connections it is measured with; all where absent. */
  connections?: readonly number[];
}

const PAGES = 20;
/** Users of whom a page begins behind each, and rows of those pages: more pages than are asked for. */
const STARTS = 3_000;
const [LEAST_ROWS, MOST_ROWS] = [41, 59];
let distinct = 0;

function cycle(texts: readonly string[]): (i: number) => string {
  return (i) => texts[i % texts.length];
}

type Ours = Readonly<Record<string, Servers>>;

export function searchContenders(world: World, ours: Ours): Contender[] {
  const queries = world.queries.map(encodeURIComponent);
  return Object.entries(ours).flatMap(([name, { port }]): Contender[] => {
    const common = { job: "search" as const, isOurs: true, port };
    const kept = queries.map((q) => getText(port, `/v1/search?q=${q}`));
    // A word that no product has makes an answer that nobody has asked for, and the same work.
    const fresh = (i: number) =>
      getText(port, `/v1/search?q=-zzq${distinct++}x+${queries[i % queries.length]}`);
    return [
      { ...common, name, step: "after", request: fresh },
      { ...common, name: `${name}, cached`, step: "cached", request: cycle(kept) },
    ];
  });
}

/** Texts of pages that nobody has asked for before, of 50 rows on average; cursors are good in all deployments. */
async function freshPages(world: World, { port }: Servers): Promise<(port: number) => string> {
  const site = `http://127.0.0.1:${port}`;
  const { paths } = await walkUsers(site, world.key, { org: world.org, sort: "name", limit: 1 }, STARTS);
  const headers = { authorization: `Bearer ${world.key}` };
  const widths = MOST_ROWS - LEAST_ROWS + 1;
  return (of) => {
    const n = distinct++;
    const rows = LEAST_ROWS + (Math.floor(n / paths.length) % widths);
    return getText(of, paths[n % paths.length].replace("limit=1", `limit=${rows}`), headers);
  };
}

export async function dashboardContenders(world: World, ours: Ours): Promise<Contender[]> {
  const found: Contender[] = [];
  const headers = { authorization: `Bearer ${world.key}` };
  const nextPage = await freshPages(world, Object.values(ours)[0]);
  for (const [name, { port }] of Object.entries(ours)) {
    const { paths } = await walkUsers(
      `http://127.0.0.1:${port}`,
      world.key,
      { org: world.org, sort: "name" },
      PAGES,
    );
    const common = { job: "dashboard" as const, isOurs: true, port };
    const kept = paths.map((path) => getText(port, path, headers));
    found.push({ ...common, name, step: "after", request: () => nextPage(port) });
    found.push({ ...common, name: `${name}, cached`, step: "cached", request: cycle(kept) });
  }
  return found;
}

/** With a token a page may be some seconds old: both kinds of answer are in the time. */
export async function feedContenders(world: World, ours: Ours): Promise<Contender[]> {
  const found: Contender[] = [];
  const plain = world.people.map((id) => ({ Authorization: `Bearer ${bearerOf(id, SECRET)}` }));
  for (const [name, { port }] of Object.entries(ours)) {
    const common = { job: "feed" as const, isOurs: true, port };
    const read = await readPages(port, plain);
    const held = plain.map((headers, i) => ({ ...headers, "Consistency-Token": read[i].token }));
    const texts = (all: readonly Record<string, string>[]) =>
      all.map((headers) => getText(port, "/v1/feed", headers));
    found.push({ ...common, name, step: "after", request: cycle(texts(plain)) });
    found.push({ ...common, name: `${name}, cached`, step: "cached", request: cycle(texts(held)) });
  }
  return found;
}

interface Variant {
  name: string;
  step: Step;
  path(i: number): string;
  total?: number;
  connections?: readonly number[];
}

function variantsOf(job: Job, world: World): Variant[] {
  const query = (i: number) => encodeURIComponent(world.queries[i % world.queries.length]);
  const user = (i: number) => numberOf(world.people[i % world.people.length]);
  const page = (i: number) => 1 + (i % Math.min(PAGES, Math.floor(world.users / 50)));
  const variants: Record<Job, Variant[]> = {
    search: [
      { name: "linear scan", step: "before", path: (i) => `/before?q=${query(i)}`, total: 64 },
      { name: "Whoosh", step: "after", path: (i) => `/search?q=${query(i)}` },
      { name: "Whoosh with prefix and typo", step: "after", path: (i) => `/search_plus?q=${query(i)}` },
      { name: "Whoosh, cached", step: "cached", path: (i) => `/search_cached?q=${query(i)}` },
    ],
    dashboard: [
      {
        name: "Django, 1 + 3N queries",
        step: "before",
        path: () => "/before?org=1",
        total: 1,
        connections: [1],
      },
      { name: "Django, one query", step: "after", path: (i) => `/after?org=1&page=${page(i)}` },
      { name: "Django, Redis", step: "cached", path: (i) => `/cached?org=1&page=${page(i)}` },
    ],
    feed: [
      {
        name: "SQLAlchemy, N + 1",
        step: "before",
        path: (i) => `/api/feed_before?user_id=${user(i)}`,
        total: 64,
      },
      { name: "SQLAlchemy, joins", step: "after", path: (i) => `/api/feed_nocache?user_id=${user(i)}` },
      { name: "SQLAlchemy, tuned", step: "after", path: (i) => `/api/feed_tuned?user_id=${user(i)}` },
      { name: "SQLAlchemy, Redis", step: "cached", path: (i) => `/api/feed?user_id=${user(i)}` },
    ],
  };
  return variants[job];
}

export function referenceContenders(job: Job, world: World, { port }: Servers): Contender[] {
  return variantsOf(job, world).map(({ path, ...variant }) => ({
    ...variant,
    job,
    isOurs: false,
    port,
    request: (i) => getText(port, path(i)),
  }));
}
