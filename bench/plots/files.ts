import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RESULTS, ROOT } from "../paths.ts";

/** What stands beneath each result, as `writeReport` writes it. */
export interface Kept<T> {
  date: string;
  processor: string;
  commit: string;
  data: T;
}

const DOCS = join(ROOT, "docs/plots");

/** A kept result; `null` where there is none. */
export function readResult<T>(name: string): Kept<T> | null {
  const file = `${RESULTS}${name}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Kept<T>) : null;
}

export function originOf({ date, processor, commit }: Kept<unknown>): string {
  return `${date} · ${processor} · commit ${commit}`;
}

/** Of a part beside its results, which are not kept either. */
export function writePlot(name: string, text: string): void {
  const folder = name.endsWith("-partial") ? RESULTS : DOCS;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.svg`);
  writeFileSync(file, text);
  console.error(`Drawn: ${file}`);
}
