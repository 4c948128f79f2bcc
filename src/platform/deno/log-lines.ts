import { writeSync } from "node:fs";
import process from "node:process";
import { setImmediate } from "node:timers";

const STANDARD_OUTPUT = 1;

/**
 * Writes lines to standard output, those of one turn of the event loop at once: one by one, and through the console's
 * formatting, they take a twentieth of a busy server's time. What is left when the process ends is written then.
 */
export function lineWriter(write: (text: string) => void = writeAll): (line: string) => void {
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    const text = `${waiting.join("\n")}\n`;
    waiting = [];
    write(text);
  };
  process.once("exit", flush);
  return (line) => {
    if (waiting.push(line) === 1) setImmediate(flush);
  };
}

/** A pipe may take a part of it, or nothing for a moment. */
function writeAll(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(STANDARD_OUTPUT, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) return;
    }
  }
}
