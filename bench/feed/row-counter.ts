import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Statement } from "../../src/db/statement-texts.ts";

const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("python/rows.py", import.meta.url));

/** Counts the rows that a statement looks at. */
export interface RowCounter {
  rowsOf(statement: Statement): Promise<number>;
  close(): void;
}

/**
 * By the SQLite library that `VITRINE_SCANSTATUS` names, which was compiled with SQLITE_ENABLE_STMT_SCANSTATUS; `null`
 * without: the library of the client tells no rows.
 */
export function openRowCounter(file: string): RowCounter | null {
  const library = process.env.VITRINE_SCANSTATUS;
  if (library === undefined) return null;
  const child = spawn(PYTHON, [SCRIPT, library, file], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async rowsOf(statement) {
      child.stdin.write(`${JSON.stringify(statement)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error("The counter of rows has ended");
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}
