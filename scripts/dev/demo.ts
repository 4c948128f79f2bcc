import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** What the demo's organisation is entered by. */
export interface Demo {
  key: string;
  email: string;
  password: string;
}

const DEMO_EMAIL = "demo@vitrine.test";

/** Fills an empty state with the demo shop, once. `null` where there is none. */
export async function seedOnce(options: DemoOptions): Promise<Demo | null> {
  const files = {
    key: join(options.state, "demo.key"),
    password: join(options.state, "demo.password"),
    marker: join(options.state, "seeded"),
  };
  if (options.wanted !== "none" && !(existsSync(files.marker) && existsSync(files.password))) {
    // A demo of an earlier version has a key that may only write products.
    if (!existsSync(files.password)) rmSync(files.key, { force: true });
    await runSeed(options, files);
    writeFileSync(files.marker, `${new Date().toISOString()}\n`);
  }
  if (!existsSync(files.key) || !existsSync(files.password)) return null;
  const read = (file: string): string => readFileSync(file, "utf8").trim();
  return { key: read(files.key), email: DEMO_EMAIL, password: read(files.password) };
}

async function runSeed(
  { root, url, operatorKey, wanted, signal }: DemoOptions,
  files: { key: string; password: string },
): Promise<void> {
  const count = wanted === undefined || wanted === "" ? [] : ["--count", wanted];
  const keep = ["--key-file", files.key, "--password-file", files.password];
  const args = [join(root, "cli/main.ts"), "seed", "--quiet", ...keep, ...count];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, VITRINE_URL: url, VITRINE_KEY: "", OPERATOR_KEY: operatorKey },
    signal,
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.once("error", reject);
  child.once("close", (code) => resolve(code ?? 1));
  if ((await promise) !== 0) throw new Error("The demo data could not be imported: see above");
}
