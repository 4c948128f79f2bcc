import type { Log } from "../../ports/log.ts";
import { createJsonLog } from "../memory/log.ts";

/** One JSON object a line on the console, where Workers Logs index it by field. */
export function openLog(now: () => number): Log {
  return createJsonLog((line, level) => {
    // oxlint-disable-next-line no-console -- The console is the platform's log.
    console[level](line);
  }, now);
}
