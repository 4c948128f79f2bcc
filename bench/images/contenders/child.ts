import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ImageFormat } from "../../../src/domain/image.ts";
import { CONTENDERS } from "./contenders.ts";
import type { JobAnswer, JobLine } from "./process.ts";

const contender = CONTENDERS[process.argv[2]];
const files = new Map<string, Uint8Array>();

function readOnce(path: string): Uint8Array {
  let bytes = files.get(path);
  if (bytes === undefined) {
    // One at a time: what others read must not weigh on a collection of garbage.
    files.clear();
    files.set(path, (bytes = new Uint8Array(readFileSync(path))));
  }
  return bytes;
}

async function answer({ file, format, keep }: JobLine): Promise<JobAnswer> {
  const bytes = readOnce(file);
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const pictures = await contender.run(bytes, format as ImageFormat);
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - started;
  if (keep !== undefined) {
    for (const picture of pictures)
      writeFileSync(join(keep, `${picture.variant}.${picture.format}`), picture.bytes);
  }
  return { cpuMs: (user + system) / 1_000, wallMs };
}

for await (const line of createInterface({ input: process.stdin })) {
  const done = await answer(JSON.parse(line) as JobLine).catch((error: unknown) => ({
    error: String(error),
  }));
  console.log(JSON.stringify(done));
}
