import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const TEXT = readFileSync(join(ROOT, "docs/threat-model.md"), "utf8");
const HEAD = "| threat | what is done | shown by |";

interface Threat {
  area: string;
  threat: string;
  done: string;
  shown: string;
}

/** Rows of the tables of threats, by the heading above them. */
function threats(): Threat[] {
  return TEXT.split(/^## /m).flatMap((section) => {
    const [area, ...lines] = section.split("\n");
    const from = lines.indexOf(HEAD);
    if (from === -1) return [];
    const rows = lines.slice(from + 2).filter((line) => line.startsWith("|"));
    return rows.map((row) => {
      const [threat, done, shown] = row
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim());
      return { area, threat, done, shown };
    });
  });
}

const all = threats();

test("every area is there", () => {
  expect([...new Set(all.map(({ area }) => area))]).toEqual([
    "Identity and sessions",
    "Tenants and people",
    "Cursors, keys of requests, and caches",
    "Webhooks and other servers",
    "Uploads and the codec",
    "Stored text",
    "Headers and logs",
    "Bodies",
    "Load",
    "Jobs and the operator",
    "Privacy, and what is kept",
    "Dependencies",
  ]);
  expect(all.length).toBeGreaterThan(60);
});

describe.each(all)("$area: $threat", ({ done, shown }) => {
  test("is answered, and shown by tests that are there or said to be open", () => {
    expect(done.length).toBeGreaterThan(10);
    if (shown === "open") return;
    const files = shown.split(" ").map((word) => /^`(test\/[\w./-]+\.test\.tsx?)`$/.exec(word)?.[1] ?? word);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

test("what is named in the text is there", () => {
  const named = [...TEXT.matchAll(/`((?:src|codec|scripts)\/[\w./-]+)/g)].map(([, path]) => path);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(named.length).toBeGreaterThan(0);
});
