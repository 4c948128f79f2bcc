#!/usr/bin/env node
// Plain JavaScript: it has to run in a Node too old for the sources, to find a newer one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = new URL("../main.ts", import.meta.url);
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import(main.href);
} else {
  const bundled = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));
  if (!existsSync(bundled)) {
    console.error(`vitrine needs Node 22.18 or newer, this is ${process.versions.node}`);
    process.exit(1);
  }
  const args = [fileURLToPath(main), ...process.argv.slice(2)];
  const { status, signal } = spawnSync(bundled, args, { stdio: "inherit" });
  process.exit(signal === null ? (status ?? 1) : 130);
}
