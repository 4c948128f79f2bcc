import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { benchState } from "../deployment.ts";
import { PYTHON } from "./inputs.ts";

/** A multiple of 20, after which the reference's sizes repeat. */
const GENERATED = 40;

function folderOf(name: string): string {
  return join(benchState(), `reference/data/${name}/images`);
}

function isMade(folder: string): boolean {
  return existsSync(join(folder, "manifest.json"));
}

/**
 * The first `count` images of the reference's folder at least, in its proportions of 12, 6 and 2 megapixels; made once,
 * in minutes.
 */
export function referenceImages(reference: string, count = GENERATED): string {
  const all = folderOf("forty");
  if (count <= GENERATED && isMade(all)) return all;
  const folder = count === GENERATED ? all : folderOf(`first-${count}`);
  if (!isMade(folder)) {
    console.error(`Making ${count} of the reference's images, once …`);
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
    const args = [join(reference, "gen/gen_images.py"), "--count", String(count), "--out", folder];
    execFileSync(PYTHON, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  }
  return folder;
}
