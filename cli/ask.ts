import { kill, pid, stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UsageError } from "./errors.ts";

/** Asks on the terminal. With `hidden`, what is typed is not shown: for passwords. Throws `UsageError` without an answer. */
export async function ask(
  question: string,
  { hidden }: { hidden: boolean },
  signal: AbortSignal,
): Promise<string> {
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  if (hidden) stderr.write(question);
  // Interactive either way, so that the terminal itself does not echo; what is typed goes to `output`, or nowhere.
  const reader = createInterface({ input: stdin, output: hidden ? nowhere : stderr, terminal: true });
  const ended = new AbortController();
  // The raw terminal hands Ctrl-C to the reader: it goes on to where all interruptions end.
  reader.once("SIGINT", () => kill(pid, "SIGINT"));
  reader.once("close", () => ended.abort());
  try {
    return await reader.question(hidden ? "" : question, { signal: AbortSignal.any([signal, ended.signal]) });
  } catch (error) {
    throw ended.signal.aborted && !signal.aborted ? new UsageError("There was no answer") : error;
  } finally {
    reader.close();
    if (hidden) stderr.write("\n");
  }
}
