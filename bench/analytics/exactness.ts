import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchState } from "../deployment.ts";
import { ROOT } from "../paths.ts";
import { writeReport } from "../report.ts";

const { values: OPTIONS } = parseArgs({ options: { histories: { type: "string", default: "1000" } } });

interface TestRun {
  passed: number;
  failed: number;
  seconds: number;
  titles: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { fullName: string; status: string }[] }[];
}

/** Runs test files with vitest, however many of them fail. */
function runTests(files: readonly string[]): TestRun {
  mkdirSync(benchState(), { recursive: true });
  const output = join(benchState(), "exactness.json");
  const bin = join(ROOT, "node_modules/vitest/vitest.mjs");
  const args = [bin, "run", "--project", "node", "--reporter=json", `--outputFile=${output}`, ...files];
  const env = { ...process.env, VITRINE_HISTORIES: OPTIONS.histories };
  const started = performance.now();
  spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: "ignore" });
  const report = JSON.parse(readFileSync(output, "utf8")) as VitestReport;
  const titles = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => `${status}: ${fullName}`),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { passed: report.numPassedTests, failed: report.numFailedTests, seconds, titles };
}

const histories = runTests(["test/events/fold.test.ts"]);
const zones = runTests(["test/analytics/zones.test.ts", "test/analytics/overview-zones.test.ts"]);
const sketches = runTests(["test/analytics/sketch.test.ts"]);

writeReport({
  name: OPTIONS.histories === "1000" ? "exactness" : "exactness-partial",
  title: "Whether the numbers are right",
  command: "npm run bench exactness",
  notes: [
    `${OPTIONS.histories} seeded histories of duplicates, reorderings, redeliveries, crashes, folds at once, erasures and retention; after each, every derived table is compared with a recount in plain JavaScript (test/events/fold.test.ts; 20 histories a test).`,
    "Zones: every offset of a quarter of an hour that a zone has, and the days on which the clocks of Berlin, New York, Lord Howe and others change, against a count of the events one by one (test/analytics/overview-zones.test.ts); boundaries against Temporal (zones.test.ts).",
    "Sketches: merging, and the error over many hashes (sketch.test.ts).",
  ],
  tables: [
    {
      title: "Tests",
      columns: ["what", "passed", "failed", "seconds"],
      rows: [
        [`${OPTIONS.histories} histories`, histories.passed, histories.failed, histories.seconds],
        ["zones", zones.passed, zones.failed, zones.seconds],
        ["sketches", sketches.passed, sketches.failed, sketches.seconds],
      ],
    },
  ],
  data: { histories, zones, sketches },
});
