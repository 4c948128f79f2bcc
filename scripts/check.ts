import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The native compiler, by its path: TypeScript 5, which openapi-typescript needs, has a `tsc` as well. */
const TSC = "node_modules/typescript7/bin/tsc";

interface Check {
  name: string;
  command: readonly string[];
  /** Print what it says although it passes. */
  isTelling?: boolean;
}

/** The longest first, so that none is left over at the end. */
const CHECKS: readonly Check[] = [
  { name: "types: tests, scripts, cli", command: ["node", TSC, "-p", "tsconfig.node.json"] },
  { name: "types: workers", command: ["node", TSC, "-p", "tsconfig.workers.json"] },
  { name: "types: portable", command: ["node", TSC, "-p", "tsconfig.json"] },
  { name: "bundle", command: ["node", "scripts/check-bundle.ts"], isTelling: true },
  { name: "types: islands", command: ["node", TSC, "-p", "tsconfig.islands.json"] },
  { name: "architecture", command: ["vitest", "run", "--project", "node", "test/architecture.test.ts"] },
  { name: "lint", command: ["oxlint"] },
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "client", command: ["node", "scripts/generate-client.ts", "--check"] },
  { name: "budgets", command: ["node", "scripts/budgets.ts", "--check"] },
  { name: "codec", command: ["node", "codec/build.ts", "--hash-only"] },
  { name: "docs", command: ["node", "scripts/check-docs.ts"] },
];

interface Result {
  passed: boolean;
  output: string;
  seconds: number;
}

function run({ command: [program, ...args] }: Check): Promise<Result> {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<Result>();
  // npm puts node_modules/.bin first in PATH, with its Node.
  const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => (output += String(piece)));
  child.once("error", (error) => (output += `${program}: ${error.message}\n`));
  child.once("close", (code) =>
    resolve({ passed: code === 0, output, seconds: (performance.now() - started) / 1_000 }),
  );
  return promise;
}

async function main(): Promise<void> {
  const started = performance.now();
  const waiting = [...CHECKS];
  let failures = 0;
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { passed, output, seconds } = await run(check);
      console.log(`${passed ? "pass" : "FAIL"}  ${seconds.toFixed(1).padStart(5)} s  ${check.name}`);
      if (!passed || check.isTelling === true) console.log(output.trimEnd().replace(/^/gm, "      "));
      if (!passed) failures++;
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(failures === 0 ? `All checks pass (${seconds} s)` : `${failures} checks fail (${seconds} s)`);
  process.exitCode = failures === 0 ? 0 : 1;
}

await main();
