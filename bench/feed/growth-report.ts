import { TIMELINES } from "../../src/services/feed/timeline-settings.ts";
import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import { kindName } from "./growth-reading.ts";
import type { KindReading } from "./growth-reading.ts";
import type { Growth, SizeResult } from "./growth-results.ts";
import type { Reading } from "./reader.ts";
import { GRAPH_FRIENDSHIPS } from "./social.ts";

/** Dollars of Turso's overage as its price page has it: 1 for a billion rows read, 1 for a million rows written. */
const READ_PRICE = 1e-9;
const WRITTEN_PRICE = 1e-6;
/** Of a row that a fan-out writes: the friendship, the timeline, the search for the row. */
const ROWS_READ_A_ROW = 3;

type Cell = string | number | null;

const READING_COLUMNS = [
  "p50 ms",
  "p99 ms",
  "ids alone p50",
  "ids alone p99",
  "rows told",
  "rows counted",
  "of the ids",
];

function readingCells(reading: Reading): Cell[] {
  const { p50, p99, idsP50, idsP99, rows, counted, idsCounted } = reading;
  return [p50, p99, idsP50, idsP99, rows, counted, idsCounted];
}

function millions(posts: number): string {
  return `${(posts / 1e6).toLocaleString("en-US")} M`;
}

function find(readings: readonly KindReading[], { friends, isQuiet, page }: KindReading) {
  return readings.find((one) => one.friends === friends && one.isQuiet === isQuiet && one.page === page);
}

function ratioTable(sizes: readonly SizeResult[]): Table {
  const [first] = sizes;
  const rows = first.byIndex.map((reading): Cell[] => {
    const ratios = sizes.slice(1).flatMap((size): Cell[] => {
      const [grown, gathered] = [find(size.byIndex, reading), find(size.byTimeline, reading)];
      const smallest = find(first.byTimeline, reading);
      return [
        grown === undefined ? null : grown.p50 / reading.p50,
        gathered === undefined || smallest === undefined ? null : gathered.p50 / smallest.p50,
      ];
    });
    return [kindName(reading), reading.page, ...ratios];
  });
  const columns = sizes.slice(1).flatMap(({ posts }) => {
    const name = `${millions(posts)} ÷ ${millions(first.posts)} posts`;
    return [`${name}, by index`, `${name}, by timeline`];
  });
  return { title: "Growth of p50 with posts", columns: ["friends", "page", ...columns], rows };
}

function pagesTable(title: string, sizes: readonly SizeResult[], of: "byIndex" | "byTimeline"): Table {
  return {
    title,
    columns: ["posts", "friends", "page", ...READING_COLUMNS],
    rows: sizes.flatMap((size) =>
      size[of].map((reading) => [
        millions(size.posts),
        kindName(reading),
        reading.page,
        ...readingCells(reading),
      ]),
    ),
  };
}

/** Rows of the ids, as counted where they were, else as told. */
function rowsOf({ idsCounted, rows }: Reading): number {
  return idsCounted ?? rows;
}

/** Pages that a reader opens for each post of a friend, from which a timeline pays: by time, and by price. */
function breakEven(indexed: Reading, gathered: Reading, rowMs: number) {
  const savedMs = indexed.idsP50 - gathered.idsP50;
  const savedRows = rowsOf(indexed) - rowsOf(gathered);
  const price = WRITTEN_PRICE + ROWS_READ_A_ROW * READ_PRICE;
  return {
    savedMs,
    savedRows,
    byTime: savedMs > 0 ? rowMs / savedMs : null,
    byPrice: savedRows > 0 ? price / (savedRows * READ_PRICE) : null,
  };
}

/** Milliseconds a row of the fan-outs that write most; `null` where none was measured. */
function rowMsOf({ writes }: Growth): number | null {
  const narrow = writes?.crowded.filter(({ author }) => !author.includes("wide")) ?? [];
  const largest = narrow.toSorted((a, b) => b.rows - a.rows).at(0);
  return largest === undefined ? null : largest.jobs.p50 / largest.rows;
}

function breakEvenTable(growth: Growth, rowMs: number): Table {
  return {
    title: `Where a timeline pays: ${(rowMs * 1_000).toFixed(1)} µs and one row written for each friend's post`,
    columns: [
      "posts",
      "friends",
      "page",
      "ms saved a page",
      "rows saved a page",
      "pages a friend's post, by time",
      "by price",
    ],
    rows: growth.sizes.flatMap(({ posts, byIndex, byTimeline }) =>
      byIndex.flatMap((indexed) => {
        const gathered = find(byTimeline, indexed);
        if (gathered === undefined) return [];
        const { savedMs, savedRows, byTime, byPrice } = breakEven(indexed, gathered, rowMs);
        return [[millions(posts), kindName(indexed), indexed.page, savedMs, savedRows, byTime, byPrice]];
      }),
    ),
  };
}

function writesTables({ writes, sizes }: Growth): Table[] {
  const builds = sizes.flatMap((size) =>
    size.builds.map(({ friends, p50, p99, rows }) => [millions(size.posts), friends, p50, p99, rows]),
  );
  const built = {
    title: "Building a timeline",
    columns: ["posts", "friends", "p50 ms", "max ms", "rows written"],
    rows: builds,
  };
  if (writes === null) return builds.length > 0 ? [built] : [];
  const { bare, crowded, friendships } = writes;
  const { backfill, clean, rows } = friendships;
  return [
    {
      title: "Writing a post",
      columns: [
        "author",
        "request p50 ms",
        "request p99",
        "jobs p50 ms",
        "jobs p99",
        "timeline rows",
        "µs a row",
      ],
      rows: [...bare, ...crowded].map(({ author, request, jobs, rows: written }) => {
        const rowMicros = written > 0 ? (jobs.p50 * 1_000) / written : null;
        return [author, request.p50, request.p99, jobs.p50, jobs.p99, written, rowMicros];
      }),
    },
    {
      title: "A friendship of two who have timelines",
      columns: ["job", "p50 ms", "max ms", "rows written"],
      rows: [
        ["backfill, both ways", backfill.p50, backfill.p99, rows],
        ["cleaning, both ways", clean.p50, clean.p99, null],
      ],
    },
    ...(builds.length > 0 ? [built] : []),
  ];
}

function socialTable({ social }: Growth, rowMs: number | null): Table {
  const columns = [
    "readers",
    "friends",
    "page",
    "reached by",
    "p50 ms",
    "p99 ms",
    "ids p50",
    "ids p99",
    "rows of the ids",
    "timeline p50",
    "timeline p99",
    "its ids p50",
    "rows of its ids",
    "friends' posts a day",
    "pays from pages a day, by time",
    "by price",
  ];
  const rows = social.map((group): Cell[] => {
    const { name, friends, page, reached, readers, byIndex, byTimeline, postsADay } = group;
    const pays = byTimeline === null || rowMs === null ? null : breakEven(byIndex, byTimeline, rowMs);
    const aDay = (pages: number | null | undefined) => (typeof pages === "number" ? pages * postsADay : null);
    return [
      name,
      friends.join(" – "),
      page,
      `${reached} of ${readers}`,
      byIndex.p50,
      byIndex.p99,
      byIndex.idsP50,
      byIndex.idsP99,
      rowsOf(byIndex),
      byTimeline?.p50 ?? null,
      byTimeline?.p99 ?? null,
      byTimeline?.idsP50 ?? null,
      byTimeline === null ? null : rowsOf(byTimeline),
      postsADay,
      aDay(pays?.byTime),
      aDay(pays?.byPrice),
    ];
  });
  return { title: "The real graph, by how many friends a reader has", columns, rows };
}

function preparingTable({ sizes }: Growth): Table {
  return {
    title: "Preparing a page's statement, where a client does not keep it",
    columns: ["posts", "skeleton", "the whole, ms", "ids alone, ms"],
    rows: sizes.flatMap(({ posts, preparing }) =>
      preparing.map(({ name, page, ids }) => [millions(posts), name, page, ids]),
    ),
  };
}

function filesTable({ sizes }: Growth): Table {
  return {
    title: "Files",
    columns: ["posts", "GB", "seconds to write"],
    rows: sizes.map(({ posts, gigabytes, buildSeconds }) => [millions(posts), gigabytes, buildSeconds]),
  };
}

export function reportGrowth(growth: Growth, name: string): void {
  const rowMs = rowMsOf(growth);
  const { sizes, social, writes } = growth;
  writeReport({
    name,
    title: "How the cost of a feed's page grows",
    command: "npm run bench feed-growth",
    notes: [
      "One libSQL file, read by the one statement of `readFeed`, in one process by the client that keeps statements (the Deno deployment shows posts that have not changed from their kept text besides, which is not used here): pages of 20 posts with authors, likes and comments. `ids alone`: the statement's part that finds the posts. Milliseconds; pages of eight viewers in turns, each read once before.",
      "20,000 people with 50 friends on average write the posts of a year; a tenth of the posts has a like and a comment. Friends are drawn from all of them, `quiet` ones from 5,000 who write a fiftieth of all posts.",
      "`Rows told`: as the answer's receipt has it. `Rows counted`: visits of loops over tables and indexes as sqlite3_stmt_scanstatus counts them, where `VITRINE_SCANSTATUS` is given; medians of the viewers.",
      `A timeline is built with the newest ${TIMELINES.keep.toLocaleString("en-US")} posts, and trimmed to them; a page that ends beyond them is found by index, in the same statement.`,
      `Writing: posts by the service, their jobs by the queue's consumer, with WAL and full synchronisation${writes === null ? "" : `; everybody has a timeline, ${writes.crowd.toLocaleString("en-US")} rows in all, but in the rows "no timelines"`}. From ${TIMELINES.wideFrom.toLocaleString("en-US")} friends on an author is wide: the first post marks them, once, and readers take their posts by index.`,
      "Where a timeline pays: what a fan-out spends for one row, ÷ what a page of the reader saves, in milliseconds; and in Turso's prices beyond a plan's quota, $1 for a billion rows read and $1 for a million rows written. Trimming and building are not in it.",
      `The real graph: ${GRAPH_FRIENDSHIPS.toLocaleString("en-US")} friendships of 37,700 people, but those left out that would give somebody more than 5,000 friends; 377,000 posts in half a year, by authors as often as the root of their friends; 40 readers a group.`,
    ],
    tables: [
      ...(sizes.length > 1 ? [ratioTable(sizes)] : []),
      ...(sizes.length > 0 && rowMs !== null ? [breakEvenTable(growth, rowMs)] : []),
      ...(sizes.length > 0 ? [pagesTable("A page by index", sizes, "byIndex")] : []),
      ...(sizes.length > 0 ? [pagesTable("A page by timeline", sizes, "byTimeline")] : []),
      ...writesTables(growth),
      ...(social.length > 0 ? [socialTable(growth, rowMs)] : []),
      ...(sizes.length > 0 ? [preparingTable(growth), filesTable(growth)] : []),
    ],
    data: growth,
    versions: ["libsql"],
  });
}
