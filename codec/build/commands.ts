import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A tool, or what it builds from, is not to be had on this machine. */
export class Unavailable extends Error {}

export interface RunOptions {
  cwd?: string;
  environment?: Record<string, string>;
}

/** Runs a program to its end and answers what it printed; fails with all that it said. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC", SOURCE_DATE_EPOCH: "0", ...options.environment };
  try {
    const { stdout } = await execute(program, args, { cwd: options.cwd, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: string | number; stderr?: string };
    if (code === "ENOENT") throw new Unavailable(`"${program}" is not installed`, { cause: error });
    const said = stderr.trim().split("\n").slice(0, 40).join("\n");
    throw new Error(`"${program} ${args.join(" ")}" failed (${code})\n${said}`, { cause: error });
  }
}

/** Works through `items`, `width` at a time; the answers are in the items' order. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return answers;
}
