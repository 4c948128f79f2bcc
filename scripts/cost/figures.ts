import { readFileSync } from "node:fs";
import { join } from "node:path";

const RESULTS = join(import.meta.dirname, "../../bench/results");

/** A number with the place that it was read from. */
export interface Figure {
  value: number;
  source: string;
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The rows of the table under a heading, the names of its columns first. */
function tableOf(text: string, title: string): string[][] {
  const lines = text.split("\n");
  const rest = lines.slice(lines.indexOf(`## ${title}`) + 1);
  const end = rest.findIndex((line) => line.startsWith("## "));
  const rows = rest.slice(0, end === -1 ? rest.length : end).filter((line) => line.startsWith("|"));
  return rows.filter((line) => !/^[|\s:-]+$/.test(line)).map(cellsOf);
}

/**
 * One cell of `bench/results/NAME.md`: the table by its heading, the row by its first cells (`Vitrine | 32`), the column by its
 * name. Throws where there is no such number, so that a result that changes its form is noticed.
 */
export function figure(name: string, title: string, row: string, column: string): Figure {
  const [head = [], ...rows] = tableOf(readFileSync(join(RESULTS, `${name}.md`), "utf8"), title);
  const cells = rows.find((each) => `${each.join(" | ")} | `.startsWith(`${row} | `));
  const value = Number.parseFloat((cells?.[head.indexOf(column)] ?? "").replaceAll(",", ""));
  const source = `${name}.md: ${title}, ${row}, ${column}`;
  if (Number.isNaN(value)) throw new Error(`There is no number in bench/results/${source}`);
  return { value, source };
}

function scaled({ value, source }: Figure, factor: number): Figure {
  return { value: value * factor, source };
}

/** CPU time of one request, at most: what two busy cores had for it, the client's own work included. */
function cpuOf({ value, source }: Figure): Figure {
  return { value: 2_000 / value, source: `${source}, of two cores` };
}

function pictureBytes(): Figure {
  const sizes = ["large", "medium", "thumb"].flatMap((size) => [`${size}, jpeg`, `${size}, webp`]);
  const each = sizes.map((size) =>
    figure("images-quality", "Each at its own size", `${size}: Vitrine`, "bytes, mean"),
  );
  const value = each.reduce((sum, one) => sum + one.value, 0);
  return { value, source: "images-quality.md: Each at its own size, Vitrine, bytes of all six" };
}

/** With its likes and comments: a tenth of the posts has one of each. */
function postBytes(): Figure {
  const { value, source } = figure("feed-growth", "Files", "20 M", "GB");
  return { value: (value * 1e9) / 20e6, source };
}

export interface Figures {
  indexBytesPerProduct: Figure;
  indexMemoryBytes: Figure;
  indexedProducts: Figure;
  coldStartMs: Figure;
  searchMs: Figure;
  cachedSearchMs: Figure;
  feedMs: Figure;
  cachedFeedMs: Figure;
  feedHitShare: Figure;
  feedRows: Figure;
  usersPageMs: Figure;
  usersPageRows: Figure;
  overviewRows: Figure;
  imageMs: Figure;
  photoBytes: Figure;
  pictureBytes: Figure;
  eventBytes: Figure;
  postBytes: Figure;
  eventsPerSecond: Figure;
  writeMs: Figure;
  tripsPerSecond: Figure;
  importedPerSecond: Figure;
}

const MB = 1_048_576;

/** All that the simulation scales up, of what has been measured. */
export function readFigures(): Figures {
  const http = (row: string) => figure("http", "Numbers", row, "req/s (wrk)");
  const feed = (row: string, column: string) => figure("feed-http", "Numbers", row, column);
  const small = "10,000 users, 2.0 million events";
  const large = "1,000,000 users, 20.0 million events";
  const users = figure("dashboard", "Loads", "Vitrine, uncached | 32", "requests/s (wrk)");
  return {
    indexBytesPerProduct: figure("memory", "Megabytes", "Vitrine", "bytes/product"),
    indexMemoryBytes: scaled(figure("workerd", "One isolate", "peak over /healthz, MB", "median"), MB),
    indexedProducts: figure("import", "Import", "products accepted", "value"),
    coldStartMs: figure("workerd", "One isolate", "cold first answer, ms", "median"),
    searchMs: cpuOf(http("Vitrine, 20 products, uncached | 32")),
    cachedSearchMs: cpuOf(http("Vitrine, 20 products, cached | 32")),
    feedMs: feed("Vitrine, workerd, uncached | 32", "CPU ms a request"),
    cachedFeedMs: feed("Vitrine, workerd, cached | 32", "CPU ms a request"),
    feedHitShare: scaled(figure("feed-consistency", "Reads", "memory and edge", "hit rate"), 0.01),
    feedRows: figure("feed-growth", "A page by index", "2 M | 100 | 1", "rows counted"),
    usersPageMs: cpuOf(users),
    usersPageRows: figure("growth", "A page of users", `${large} | name, page 1`, "rows read"),
    overviewRows: figure(
      "growth",
      "The overview, and counting at read time",
      `${small} | 30 days`,
      "rows read",
    ),
    imageMs: figure(
      "images-pipeline",
      "Images/s and CPU ms of an image",
      "photos | Vitrine, whole pipeline | 1",
      "CPU: server",
    ),
    photoBytes: scaled(figure("images-memory", "Peak by kind, MB", "JPEG 12 MP", "file"), MB),
    pictureBytes: pictureBytes(),
    eventBytes: figure("growth", "Size of the database", large, "bytes an event"),
    postBytes: postBytes(),
    eventsPerSecond: figure("ingest", "Numbers", "Vitrine", "events/s counted"),
    writeMs: figure("feed-growth", "Writing a post", "10 friends, no timelines", "request p50 ms"),
    tripsPerSecond: users,
    importedPerSecond: figure("import", "Import", "products/s", "value"),
  };
}
