import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databasePlace } from "../backup/database.ts";
import { runDrill, type DrillReport } from "../backup/drill.ts";
import { operatorApi, wholeNumber, type Command, type Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { printFields } from "../output.ts";
import { ProgressLine } from "../progress-line.ts";
import { DATABASE_HELP, summaryOf } from "./backup.ts";

export const drill: Command = {
  name: "drill",
  summary:
    "Back up a deployment, restore it beside, and compare the two; nothing of the deployment changes (operator)",
  usage: "--database PLACE [--queries N] [--frozen]",
  help: [
    DATABASE_HELP,
    ["--queries N", "How many searches are compared, of words of its products; 50 by default"],
    ["--frozen", "As of vitrine backup"],
  ],
  options: { database: { type: "string" }, queries: { type: "string" }, frozen: { type: "boolean" } },
  words: [0, 0],
  async run(invocation) {
    const progress = new ProgressLine(invocation, invocation.flag("json"));
    const work = await mkdtemp(join(tmpdir(), "vitrine-drill-"));
    try {
      const report = await runDrill({
        api: operatorApi(invocation),
        place: databasePlace(invocation),
        isFrozen: invocation.flag("frozen"),
        queries: wholeNumber(invocation, "queries", 50, [1, 1_000]),
        work,
        signal: invocation.signal,
        onRetry: progress.onRetry,
        onStep: (step) => progress.update(() => step),
      });
      progress.clear();
      return print(invocation, report);
    } finally {
      progress.clear();
      await rm(work, { recursive: true, force: true });
    }
  },
};

function print(invocation: Invocation, { manifest, seconds, checks }: DrillReport): number {
  const isRight = checks.every((check) => check.isRight);
  if (invocation.flag("json")) printFields(invocation, { passed: isRight, manifest, seconds, checks });
  else {
    const times = Object.entries(seconds).map(([name, value]) => [`${name}_seconds`, value.toFixed(1)]);
    printFields(invocation, { ...summaryOf(manifest), ...Object.fromEntries(times) });
    for (const { name, isRight: one, detail } of checks)
      invocation.out(`${one ? "right" : "WRONG"}  ${name}${detail === "" ? "" : ` (${detail})`}\n`);
  }
  return isRight ? EXIT.ok : EXIT.failed;
}
