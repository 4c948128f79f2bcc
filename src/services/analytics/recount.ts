import { type Check, type Difference, FIELDS } from "../../db/queries/recount.ts";
import { findDifferences, type Finding, repairDrift } from "../../db/queries/recount-scope.ts";
import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";

export type RecountDeps = Pick<Deps, "db" | "clock" | "log">;

/**
 * Recounts parts of an organisation's derived tables from its events; what differs is written to `drift_findings`, said
 * aloud in the log, and made anew in one batch. Answers how many values differed. One round trip where none does.
 */
export async function recount(deps: RecountDeps, org: number, checks: readonly Check[]): Promise<number> {
  const found = await findDifferences(deps.db, checks);
  const wrong = checks.filter((_, index) => found[index].length > 0);
  if (wrong.length === 0) return 0;
  const findings = found.flat().flatMap((difference) => findingsOf(deps, org, difference));
  const [first] = findings;
  deps.log.error("drift_found", { org, findings: findings.length, first: first?.what });
  await repairDrift(deps.db, { org, checks: wrong, findings });
  return findings.length;
}

function findingsOf(deps: RecountDeps, org: number, { what, kept, recounted }: Difference): Finding[] {
  const before = JSON.parse(kept) as number[];
  const after = JSON.parse(recounted) as number[];
  const fields = FIELDS[what.slice(0, what.indexOf("."))] ?? [];
  return fields.flatMap((field, index) => {
    if (before[index] === after[index]) return [];
    const id = newId("drift", deps.clock);
    const createdAt = deps.clock.now();
    return [{ id, org, what: `${what}.${field}`, kept: before[index], recounted: after[index], createdAt }];
  });
}
