import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Counts } from "./counters.ts";

/** What is asked of a process, and how it answers. */
export type Asked = { counts: true } | { scenario: string; operations: number };
export type Answered = { counts: Record<string, Counts> } | { cpuMs: number };

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));
/** Collections and compilations on the thread that runs, so that its time has them and other cores do not matter. */
const FLAGS = [
  "--single-threaded",
  "--hash-seed=1",
  "--random-seed=1",
  "--disable-warning=ExperimentalWarning",
];

/** A process with one tree's application, on the machine's last core where `taskset` is there. */
export class TreeProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #root: string;
  scenarios: string[] = [];

  private constructor(root: string, picture: string) {
    this.#root = root;
    const command = [process.execPath, ...FLAGS, CHILD, root, picture];
    const [program, ...args] = process.platform === "linux" ? [...pinned(), ...command] : command;
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  static async start(root: string, picture: string): Promise<TreeProcess> {
    const started = new TreeProcess(root, picture);
    started.scenarios = (await started.#next<{ scenarios: string[] }>()).scenarios;
    return started;
  }

  async counts(): Promise<Record<string, Counts>> {
    return (await this.#ask<{ counts: Record<string, Counts> }>({ counts: true })).counts;
  }

  async cpuMs(scenario: string, operations: number): Promise<number> {
    return (await this.#ask<{ cpuMs: number }>({ scenario, operations })).cpuMs;
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }

  #ask<T>(asked: Asked): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(asked)}\n`);
    return this.#next();
  }

  async #next<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new TreeError(this.#root);
    return JSON.parse(value) as T;
  }
}

/** A tree that cannot be measured: it lacks what the measurement calls, or answers otherwise. */
export class TreeError extends Error {
  readonly root: string;

  constructor(root: string) {
    super(`The process of ${root} has ended`);
    this.root = root;
  }
}

function pinned(): string[] {
  return ["taskset", "-c", String(cpus().length - 1)];
}
