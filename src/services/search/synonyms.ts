import type { Ctx } from "../../deps.ts";
import { readSynonyms, writeSynonyms } from "../../db/queries/search-settings.ts";
import { requireOperator } from "../../domain/access.ts";
import { auditLine } from "../audit/line.ts";
import { AppError } from "../../domain/errors.ts";
import { synonymKey, type Synonyms } from "../../index/synonyms.ts";

export const SYNONYM_LIMITS = { entries: 1_000, words: 20, length: 64 } as const;

/** What words also find. Words of a group find each other; `one_way` widens `from` only. */
export interface SynonymRules {
  groups: readonly (readonly string[])[];
  one_way: readonly { from: string; to: readonly string[] }[];
}

export interface SynonymState extends SynonymRules {
  /** 0 before the first write. */
  version: number;
  /** Milliseconds since the epoch; `null` before the first write. */
  updatedAt: number | null;
}

const NONE: SynonymRules = { groups: [], one_way: [] };

export async function getSynonyms(ctx: Ctx<"db">): Promise<SynonymState> {
  requireOperator(ctx.actor);
  const row = await readSynonyms(ctx.db);
  return { ...(toRules(row?.value) ?? NONE), version: row?.version ?? 0, updatedAt: row?.updatedAt ?? null };
}

/** Replaces all synonyms; searches follow within two seconds. `precondition_failed` where they are not at `expected`. */
export async function putSynonyms(
  ctx: Ctx<"db" | "clock">,
  input: { rules: SynonymRules; expected: number | null },
): Promise<SynonymState> {
  requireOperator(ctx.actor);
  const { rules, expected } = input;
  const facts = { groups: rules.groups.length, one_way: rules.one_way.length };
  const audit = auditLine(ctx, "synonyms.replaced", { facts });
  const row = await writeSynonyms(ctx.db, { value: rules, now: ctx.clock.now(), expected, audit });
  if (row === null) {
    throw new AppError("precondition_failed", `The synonyms are no longer at version ${expected}`);
  }
  return { ...rules, version: row.version, updatedAt: row.updatedAt };
}

/** As the engine takes them: for each word, what it finds as well. Rules of an unknown shape give none. */
export function compileSynonyms(value: unknown): Synonyms {
  const rules = toRules(value) ?? NONE;
  const compiled = new Map<string, string[]>();
  const widen = (from: string, to: readonly string[]) => {
    const key = synonymKey(from);
    if (key !== null)
      compiled.set(key, [...(compiled.get(key) ?? []), ...to.filter((word) => word !== from)]);
  };
  for (const group of rules.groups) for (const word of group) widen(word, group);
  for (const { from, to } of rules.one_way) widen(from, to);
  return compiled;
}

function toRules(value: unknown): SynonymRules | null {
  if (typeof value !== "object" || value === null) return null;
  const { groups, one_way } = value as Record<string, unknown>;
  const isText = (word: unknown): word is string => typeof word === "string";
  if (!Array.isArray(groups) || !groups.every((group) => Array.isArray(group) && group.every(isText)))
    return null;
  if (!Array.isArray(one_way) || !one_way.every(isOneWay)) return null;
  return { groups, one_way };
}

function isOneWay(rule: unknown): rule is SynonymRules["one_way"][number] {
  if (typeof rule !== "object" || rule === null) return false;
  const { from, to } = rule as Record<string, unknown>;
  return typeof from === "string" && Array.isArray(to) && to.every((word) => typeof word === "string");
}
