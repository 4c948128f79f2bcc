import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface DemoOptions {
  root: string;
  state: string;
  url: string;
  operatorKey: string;
  /** `VITRINE_SEED`: a number of products, or "none". */
  wanted: string | undefined;
  signal: AbortSignal;
}

/** Fills an empty state with the demo shop, once. Answers the key of its organisation, `null` where there is none. */
export async function seedOnce(options: DemoOptions): Promise<string | null> {
  const keyFile = join(options.state, "demo.key");
  const marker = join(options.state, "seeded");
  if (options.wanted !== "none" && !existsSync(marker)) {
    await runSeed(options, keyFile);
    writeFileSync(marker, `${new Date().toISOString()}\n`);
  }
  return existsSync(keyFile) ? readFileSync(keyFile, "utf8").trim() : null;
}

async function runSeed(
  { root, url, operatorKey, wanted, signal }: DemoOptions,
  keyFile: string,
): Promise<void> {
  const count = wanted === undefined || wanted === "" ? [] : ["--count", wanted];
  const args = [join(root, "cli/main.ts"), "seed", "--quiet", "--key-file", keyFile, ...count];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, VITRINE_URL: url, OPERATOR_KEY: operatorKey },
    signal,
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.once("error", reject);
  child.once("close", (code) => resolve(code ?? 1));
  if ((await promise) !== 0) throw new Error("The demo data could not be imported: see above");
}
