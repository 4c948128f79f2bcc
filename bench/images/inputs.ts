import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchState } from "../deployment.ts";
import { dataFolder } from "../paths.ts";

/** Debian's, which has Pillow and numpy. */
export const PYTHON = "/usr/bin/python3";

export interface DataFile {
  /** Path inside the folder of images, with `/`. */
  name: string;
  path: string;
  /** As the manifest has it: the format by its bytes, not by its name. */
  format: string;
  bytes: number;
  width: number;
  height: number;
  features: readonly string[];
  /** What libvips 8.14 makes of it: `ok`, `ok+warn`, `fail`, `skip`. */
  vips: string;
}

export function script(name: string): string {
  return fileURLToPath(new URL(`python/${name}.py`, import.meta.url));
}

export function imagesFolder(): string {
  const folder = dataFolder();
  if (folder === null) throw new Error("Cannot measure: no data; set VITRINE_DATA to its folder");
  return join(folder, "images");
}

/** Where what is made for the measurements of images lies. */
export function imageState(...path: readonly string[]): string {
  return join(benchState(), "images", ...path);
}

/** Makes the named inputs of python/inputs.py where they are missing; answers the path of each. */
export function makeInputs(names: readonly string[]): string[] {
  const folder = imageState("inputs");
  const missing = names.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) {
    const args = [script("inputs"), folder, join(imagesFolder(), "photos"), ...missing];
    execFileSync(PYTHON, args, { stdio: ["ignore", "ignore", "inherit"] });
  }
  return names.map((name) => join(folder, name));
}

/** All files of the manifest. */
export function readManifest(): DataFile[] {
  const folder = imagesFolder();
  const [head, ...lines] = readFileSync(join(folder, "MANIFEST.tsv"), "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    const of = (column: string): string => cells[columns.indexOf(column)] ?? "";
    return {
      name: of("file"),
      path: join(folder, of("file")),
      format: of("format"),
      bytes: Number(of("bytes")),
      width: Number(of("width")),
      height: Number(of("height")),
      features: of("features") === "-" ? [] : of("features").split(","),
      vips: of("libvips_8_14_decode"),
    };
  });
}
