import { fnv1a } from "../../domain/digest.ts";
import type { StatementSpent } from "../../domain/metrics/series-set.ts";
import { family, type Sample } from "./prometheus-text.ts";

/** Statements that took most time in all, and as many that took most at once. */
const SHOWN = 20;
const MAX_LABEL = 120;

const MS_PER_SECOND = 1_000;

/** What the costliest statements spent since the beginning, each by the start of its text and a digest of all of it. */
export function statementFamilies(statements: readonly (readonly [string, StatementSpent])[]): string[] {
  const shown = costliest(statements);
  if (shown.length === 0) return [];
  const samples = (valueOf: (spent: StatementSpent) => number): Sample[] =>
    shown.map(([text, spent]) => ({ labels: { statement: labelOf(text) }, value: valueOf(spent) }));
  const counter = (what: string, help: string, valueOf: (spent: StatementSpent) => number): string =>
    family(`vitrine_db_statement_${what}_total`, { type: "counter", help }, samples(valueOf));
  return [
    counter("trips", "Round trips of the costliest statements", ({ trips }) => trips),
    counter("seconds", "Time of these trips", ({ totalMs }) => totalMs / MS_PER_SECOND),
    counter("rows", "Rows that they gave and wrote", ({ rows }) => rows),
    counter("errors", "Trips that failed", ({ errors }) => errors),
    family(
      "vitrine_db_statement_worst_seconds",
      { type: "gauge", help: "The slowest of these trips" },
      samples(({ worstMs }) => worstMs / MS_PER_SECOND),
    ),
  ];
}

function costliest<T extends readonly [string, StatementSpent]>(statements: readonly T[]): T[] {
  const byTotal = statements.toSorted(([, a], [, b]) => b.totalMs - a.totalMs).slice(0, SHOWN);
  const byWorst = statements.toSorted(([, a], [, b]) => b.worstMs - a.worstMs).slice(0, SHOWN);
  return [...new Set([...byTotal, ...byWorst])];
}

/** Texts that begin alike stay apart. */
function labelOf(text: string): string {
  return text.length <= MAX_LABEL ? text : `${text.slice(0, MAX_LABEL)}… #${digestOf(text)}`;
}

function digestOf(text: string): string {
  return fnv1a(text).toString(16).padStart(8, "0");
}
