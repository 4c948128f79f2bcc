import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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

const KEEPS_MS = 15 * 60_000;

function filesOf(state: string) {
  return {
    key: join(state, "demo.key"),
    password: join(state, "demo.password"),
    marker: join(state, "seeded"),
  };
}

/** Fills an empty state with the demo shop, once. `null` where there is none. */
export async function seedOnce(options: DemoOptions): Promise<Demo | null> {
  const files = filesOf(options.state);
  if (options.wanted !== "none" && !(existsSync(files.marker) && existsSync(files.password))) {
    // A demo of an earlier version has a key that may only write products.
    if (!existsSync(files.password)) rmSync(files.key, { force: true });
    const count = options.wanted === undefined || options.wanted === "" ? [] : ["--count", options.wanted];
    const keep = ["--key-file", files.key, "--password-file", files.password];
    await runSeed(options, [...keep, ...count]);
    writeFileSync(files.marker, `${new Date().toISOString()}\n`);
  }
  if (!existsSync(files.key) || !existsSync(files.password)) return null;
  const read = (file: string): string => readFileSync(file, "utf8").trim();
  return { key: read(files.key), email: DEMO_EMAIL, password: read(files.password) };
}

/** Adds the visits and posts since the demo was made or last added to, so that its newest days are not empty. */
export async function seedSince(options: DemoOptions): Promise<void> {
  const { key, password, marker } = filesOf(options.state);
  if (options.wanted === "none" || ![key, password, marker].every((file) => existsSync(file))) return;
  if (Date.now() - statSync(marker).mtimeMs < KEEPS_MS) return;
  await runSeed(options, ["--key-file", key, "--password-file", password, "--count", "0"]);
  writeFileSync(marker, `${new Date().toISOString()}\n`);
}

async function runSeed(
  { root, url, operatorKey, signal }: DemoOptions,
  options: readonly string[],
): Promise<void> {
  const args = [join(root, "cli/main.ts"), "seed", "--quiet", ...options];
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
