import { operatorApi, type Command } from "../command.ts";
import { dryRun } from "../import/dry-run.ts";
import { FILE_OPTIONS, fileHelp, importFile } from "../import/import-file.ts";
import type { ImportKind } from "../import/kind.ts";
import { shown } from "../import/kinds.ts";
import { printSummary } from "../import/summary.ts";
import { COMMUNITY_PATH } from "../seed/send-community.ts";

const CHUNK_LINES = 2_000;

const COMMUNITY: ImportKind = {
  noun: "lines",
  path: COMMUNITY_PATH,
  convert: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? { value: { ...value } }
      : { refusal: { code: "not_an_object", detail: `${shown(value)} is not an object` } },
  how: "community",
  chunkRecords: CHUNK_LINES,
  isOrdered: true,
  explainUnknown: (names) => `Nothing is known of ${names.map(shown).join(", ")}`,
};

export const importCommunity: Command = {
  name: "import-community",
  summary: "Import people, friendships, posts, likes and comments from NDJSON, gzipped or not (the operator)",
  usage: "FILE|- [options]",
  help: fileHelp(CHUNK_LINES).filter(([option]) => !option.startsWith("--concurrency")),
  options: FILE_OPTIONS,
  words: [1, 1],
  async run(invocation) {
    if (invocation.flag("dry-run")) return dryRun(invocation, COMMUNITY);
    const { progress: _, ...finished } = await importFile(invocation, operatorApi(invocation), COMMUNITY);
    return printSummary(invocation, finished);
  },
};
