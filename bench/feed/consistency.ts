import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import type { Tally } from "../../test/http/feed-isolation-run.ts";
import { benchState } from "../deployment.ts";
import { ROOT } from "../paths.ts";
import { writeReport } from "../report.ts";

const ALL_SEEDS = 6;
const ALL_READS = 3_000;
const TEST = "test/http/feed-isolation.test.ts";
/** Of the tests' own none is among these. */
const FIRST_SEED = 1_000;

const { values: OPTIONS } = parseArgs({
  options: {
    seeds: { type: "string", default: String(ALL_SEEDS) },
    reads: { type: "string", default: String(ALL_READS) },
    from: { type: "string", default: String(FIRST_SEED) },
  },
});
const [SEEDS, READS, FROM] = [OPTIONS.seeds, OPTIONS.reads, OPTIONS.from].map(Number);

interface Part {
  /** Of the test. */
  title: string;
  isFault: boolean;
  hasPassed: boolean;
  tally: Tally;
}

interface VitestReport {
  testResults: {
    assertionResults: { title: string; ancestorTitles: string[]; status: string; meta: { tally?: Tally } }[];
  }[];
}

/** The tests' simulation, of one seed; each test tells what it has counted. */
async function simulate(seed: number): Promise<Part[]> {
  mkdirSync(benchState(), { recursive: true });
  const output = join(benchState(), `feed-consistency-${seed}.json`);
  const bin = join(ROOT, "node_modules/vitest/vitest.mjs");
  const args = [bin, "run", "--project", "node", "--reporter=json", `--outputFile=${output}`, TEST];
  const env = { ...process.env, VITRINE_FEED_SEED: String(seed), VITRINE_FEED_READS: String(READS) };
  // A test that fails ends with another code than 0, and says what it has counted all the same.
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env }).catch(() => undefined);
  const report = JSON.parse(readFileSync(output, "utf8")) as VitestReport;
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, ancestorTitles, status, meta }) => {
      if (meta.tally === undefined)
        throw new Error(`"${title}" has counted nothing with seed ${seed}: ${status}`);
      const isFault = ancestorTitles.some((one) => one.startsWith("it would be found"));
      return { title, isFault, hasPassed: status === "passed", tally: meta.tally };
    }),
  );
}

function sumOf(parts: readonly Part[], of: keyof Tally): number {
  return parts.reduce((sum, { tally }) => sum + tally[of], 0);
}

function titlesOf(parts: readonly Part[]): string[] {
  return [...new Set(parts.map(({ title }) => title))];
}

const started = performance.now();
const parts: Part[] = [];
for (let seed = FROM; seed < FROM + SEEDS; seed++) parts.push(...(await simulate(seed)));
const seconds = (performance.now() - started) / 1_000;
const [faults, played] = [true, false].map((isFault) => parts.filter((part) => part.isFault === isFault));
const wrong = ["foreign", "old", "unshown", "late", "unknown"] as const;

function policyRow(title: string, of: readonly Part[]): (string | number)[] {
  const [reads, hits, writes] = [sumOf(of, "reads"), sumOf(of, "hits"), sumOf(of, "writes")];
  const rate = `${((hits / reads) * 100).toFixed(1)} %`;
  return [title, reads, writes, hits, rate, ...wrong.map((verdict) => sumOf(of, verdict))];
}

writeReport({
  name:
    SEEDS === ALL_SEEDS && READS === ALL_READS && FROM === FIRST_SEED
      ? "feed-consistency"
      : "feed-consistency-partial",
  title: "Whether kept pages of the feed are right",
  command: "npm run bench feed-consistency",
  versions: ["libsql", "hono", "vitest"],
  notes: [
    `Seeds ${FROM} to ${FROM + SEEDS - 1}, ${READS.toLocaleString("en-US")} reads of each and of each policy, ${seconds.toFixed(0)} s; the exit code is 1 on any wrong answer (${TEST}).`,
    "The real application in four isolates of two data centres over one database; six people in two circles that do not know each other, each with a program that sends tokens and a browser with cookies, up to three requests of a device at once. Who goes on is drawn at each wait for the database, a tier or the network; isolates end, and the clock jumps.",
    "Tiers beyond memory answer what they have read before, also that there was nothing, for up to 90 s; fail one time in a hundred; and a write may be late where it was made.",
    "Each answer is compared, byte by byte, with all pages that the database had for its viewer, state by state, and with all of the others: `foreign` is another's or has a stranger's post, `old` is from before a write that the client knows of, or not the newest where it had to be (no token, `no-cache`, tokens of others alone), `unshown` lacks what the client was told it had written, `late` is older than 5 s.",
  ],
  tables: [
    {
      title: "Reads",
      columns: ["kept in", "reads", "writes", "hits", "hit rate", ...wrong],
      rows: [
        ...titlesOf(played).map((title) =>
          policyRow(
            title.replace(/^kept in /, ""),
            played.filter((part) => part.title === title),
          ),
        ),
        policyRow("all", played),
      ],
    },
    {
      title: "Planted faults",
      columns: ["fault", "seeds", "found", "reads until then, on average"],
      rows: titlesOf(faults).map((title) => {
        const of = faults.filter((part) => part.title === title);
        const found = of.filter(({ hasPassed }) => hasPassed).length;
        return [title, of.length, found, sumOf(of, "reads") / of.length];
      }),
    },
  ],
  data: { seeds: SEEDS, reads: READS, parts },
});
if (parts.some(({ hasPassed }) => !hasPassed)) process.exitCode = 1;
