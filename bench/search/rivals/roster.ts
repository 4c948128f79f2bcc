import { flexsearch } from "./flexsearch.ts";
import { fts5, fts5Strict } from "./fts5.ts";
import { minisearch } from "./minisearch.ts";
import { orama } from "./orama.ts";
import { scan } from "./scan.ts";
import type { Rival } from "./rival.ts";

export const RIVALS: readonly Rival[] = [fts5, minisearch, flexsearch, orama, scan];

/** With variants that only rank better. */
export const RANKERS: readonly Rival[] = [fts5Strict, ...RIVALS];
