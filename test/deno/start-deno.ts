import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { answers, start, until, type Started } from "../platform/process.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The program of the npm package, for Node: it finds the binary, or installs it first. */
export function denoProgram(): string {
  const manifest = createRequire(import.meta.url).resolve("deno/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | { deno: string } };
  return join(dirname(manifest), typeof bin === "string" ? bin : bin.deno);
}

/** The application on Deno, as `npm run start:deno` starts it; answers when it does. */
export async function startDeno(port: number, variables: Record<string, string>): Promise<Started> {
  const script = (
    JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> }
  ).scripts["start:deno"];
  const flags = script.replace(/^(exec )?deno /, "").split(" ");
  const [entry] = flags.splice(-1);
  const args = [denoProgram(), ...flags, "--port", String(port), "--host", "127.0.0.1", join(ROOT, entry)];
  const started = start(process.execPath, args, variables);
  const url = `http://127.0.0.1:${port}/healthz`;
  await until(`Deno answers: ${started.output()}`, () => answers(url), 45_000).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${started.output()}`);
  });
  return started;
}
