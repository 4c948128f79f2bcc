import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { RESULTS, ROOT } from "./paths.ts";

export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export interface Report {
  /** File name in results/, without extension. */
  name: string;
  title: string;
  /** The command that takes these numbers again. */
  command: string;
  /** What was measured on what, one sentence a line. */
  notes: readonly string[];
  /** Ratios first. */
  tables: readonly Table[];
  /** Everything a program may want of it. */
  data: unknown;
  /** Packages whose versions matter; the engines of search where absent. */
  versions?: readonly string[];
}

const ENGINES = ["@orama/orama", "minisearch", "flexsearch", "libsql", "wrangler"];

function versionOf(name: string): string {
  for (const folder of [`${ROOT}bench/node_modules/`, `${ROOT}node_modules/`]) {
    try {
      return JSON.parse(readFileSync(`${folder}${name}/package.json`, "utf8")).version;
    } catch {
      continue;
    }
  }
  return "absent";
}

function commit(): string {
  try {
    const head = execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: ROOT,
      encoding: "utf8",
    }).trim();
    const dirty = execFileSync("git", ["status", "--porcelain", "src"], { cwd: ROOT, encoding: "utf8" });
    return dirty === "" ? head : `${head} with uncommitted changes`;
  } catch {
    return "unknown";
  }
}

function machine(packages: readonly string[]) {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${processors[0]?.model ?? "unknown"}, ${processors.length} cores`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    commit: commit(),
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  };
}

function cell(value: string | number | null): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return "–";
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toFixed(digits);
}

function tableLines(table: Table): string[] {
  const align = table.columns.map((_, i) => (i === 0 ? "---" : "---:"));
  const rows = [table.columns, align, ...table.rows.map((row) => row.map(cell))];
  return [`## ${table.title}`, "", ...rows.map((row) => `| ${row.join(" | ")} |`), ""];
}

/** Writes results/<name>.json and .md, and prints the tables. */
export function writeReport(report: Report): void {
  const about = machine(report.versions ?? ENGINES);
  const versions = Object.entries(about.versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `# ${report.title}`,
    "",
    `${about.date} · ${about.processor}, ${about.memoryGb} GB · ${about.system} · Node ${about.node} · commit ${about.commit}`,
    ...(versions.length > 0 ? [`Versions: ${versions.join(" · ")}`] : []),
    `Again: \`${report.command}\``,
    "",
    ...report.notes.map((note) => `- ${note}`),
    "",
    ...report.tables.flatMap(tableLines),
  ];
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(`${RESULTS}${report.name}.md`, lines.join("\n"));
  const json = {
    ...about,
    title: report.title,
    command: report.command,
    notes: report.notes,
    ...wrap(report.data),
  };
  writeFileSync(`${RESULTS}${report.name}.json`, `${JSON.stringify(json, null, 1)}\n`);
  console.log(lines.join("\n"));
}

function wrap(data: unknown): object {
  return { data };
}
