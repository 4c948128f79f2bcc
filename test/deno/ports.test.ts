import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { start } from "../platform/process.ts";
import { denoProgram } from "./start-deno.ts";

/** The contracts of Deno's stores, those of memory that it shares, and its client of a database in a file. */
const SUITES = ["tables", "memory", "file-client"].map((name) => `test/platform/${name}.test.ts`);

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
}

/** Runs the suites by the same runner, in Deno instead of Node. */
async function runInDeno(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-deno-ports-"));
  const file = join(folder, "report.json");
  const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");
  const options = ["--project", "node", "--pool", "forks", "--reporter", "json", "--outputFile", file];
  const args = ["run", "-A", "--node-modules-dir=manual", vitest, "run", ...options, ...SUITES];
  const child = start(process.execPath, [denoProgram(), ...args], {});
  try {
    await child.ended;
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch (error) {
    throw new Error(`The suites did not end in Deno: ${child.output()}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it("keeps the ports' contracts in Deno itself", { timeout: 180_000 }, async () => {
  const report = await runInDeno();
  const failed = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join("\n")}`);
  expect(failed).toEqual([]);
  expect(report.numPassedTests).toBeGreaterThan(90);
});
