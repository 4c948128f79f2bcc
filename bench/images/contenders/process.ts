import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { referenceFolder } from "../../paths.ts";
import { benchState } from "../../deployment.ts";
import { PYTHON, script } from "../inputs.ts";

export interface JobLine {
  file: string;
  format: string;
  /** Folder for what was made, as `<variant>.<format>`. */
  keep?: string;
}

/** CPU: user and system time of all threads of the process. */
export type JobAnswer = { cpuMs: number; wallMs: number } | { error: string };

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));
const NODE_FLAGS = ["--max-old-space-size=4000", "--disable-warning=ExperimentalWarning"];
const PILLOW = /^pillow-(before|after|draft|after-webp|draft-webp)$/;

function commandOf(name: string): string[] {
  const pillow = PILLOW.exec(name);
  if (pillow === null) return [process.execPath, ...NODE_FLAGS, CHILD, name];
  const reference = referenceFolder();
  if (reference === null)
    throw new Error("Cannot measure: no reference; set VITRINE_REFERENCE to its folder");
  return [PYTHON, script("pillow"), reference, pillow[1]];
}

/** A contender in a process of its own, on one core, that does one job after the other. */
export class ContenderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string, core: number) {
    const env = { ...process.env, REF_HOME: join(benchState(), "reference"), PYTHONDONTWRITEBYTECODE: "1" };
    this.#child = spawn("taskset", ["-c", String(core), ...commandOf(name)], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async run(job: JobLine): Promise<JobAnswer> {
    this.#child.stdin.write(`${JSON.stringify(job)}\n`);
    const { value, done } = await this.#lines.next();
    return done === true ? { error: "the process ended" } : (JSON.parse(value) as JobAnswer);
  }

  /** Of the program itself: `taskset` has become it. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
