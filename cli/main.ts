import { readFileSync } from "node:fs";
import { ask } from "./ask.ts";
import { run } from "./run.ts";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("Interrupted")));
process.once("SIGTERM", () => stop.abort(new Error("Interrupted")));
// `vitrine export | head` ends the reader first: no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  version: string;
};

process.exitCode = await run(process.argv.slice(2), version, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  environment: process.env,
  stdin: process.stdin,
  ask: process.stdin.isTTY ? (question, options) => ask(question, options, stop.signal) : null,
  signal: stop.signal,
});
