import { run } from "../../cli/run.ts";

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface Surroundings {
  environment?: Record<string, string>;
  stdin?: AsyncIterable<Uint8Array>;
  signal?: AbortSignal;
  interactive?: boolean;
  /** What a person answers to questions, in turn. */
  answers?: string[];
  /** Gets for each question whether its answer was hidden. */
  asked?: boolean[];
}

/** Runs the command line in this process, as `main.ts` does, and keeps what it prints. */
export async function vitrine(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  const { answers } = surroundings;
  const printed = { out: "", err: "" };
  const code = await run(args, "1.2.3", {
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    interactive: surroundings.interactive ?? false,
    environment: surroundings.environment ?? {},
    stdin: surroundings.stdin ?? nothing(),
    ask:
      answers === undefined
        ? null
        : (_question, { hidden }) => {
            surroundings.asked?.push(hidden);
            return Promise.resolve(answers.shift() ?? "");
          },
    signal: surroundings.signal ?? new AbortController().signal,
  });
  return { code, ...printed };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
