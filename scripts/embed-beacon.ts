import { writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const target = new URL("../src/web/beacon-script.ts", import.meta.url);

/** The script for other people's pages, as small as it gets; it runs where their visitors' browsers are old. */
export async function buildBeacon(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/web/islands/beacon.ts"],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0].text.trim();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const script = await buildBeacon();
  const head = "// Written by scripts/embed-beacon.ts from src/web/islands/beacon.ts: do not edit.\n";
  writeFileSync(target, `${head}export const BEACON_SCRIPT =\n  '${script.replace(/[\\']/g, "\\$&")}';\n`);
  console.log(`Wrote ${new TextEncoder().encode(script).length} bytes to src/web/beacon-script.ts`);
}
