import { readFileSync, rmSync, statSync } from "node:fs";
import { basename } from "node:path";
import { merchantApi, openApi, wholeNumber, type Command, type Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { plainBytes, readFile, type Meter } from "../import/bytes.ts";
import { chunksOf, type Chunk } from "../import/chunks.ts";
import { converter } from "../import/convert.ts";
import { checkedFirst } from "../import/first-look.ts";
import { MAPPING_HELP, parseMapping, type Mapping } from "../import/mapping.ts";
import { ProgressBar } from "../import/progress.ts";
import { FORMATS, readRecords, type Format } from "../import/read.ts";
import { RejectedFile } from "../import/rejected.ts";
import { dryRun } from "../import/dry-run.ts";
import { runImport } from "../import/run-import.ts";
import { skipRecords } from "../import/skip.ts";
import { ImportState, NOTHING_YET, type Progress } from "../import/state.ts";
import { printSummary } from "../import/summary.ts";
import { waitUntilSearchable } from "../import/wait.ts";

const MAX_CHUNK_CHARS = 8_000_000;

export const importFile: Command = {
  name: "import",
  summary: "Import products from NDJSON, a JSON array or CSV, gzipped or not",
  usage: "FILE|- [options]",
  help: [
    ["--map FIELD=COLUMN", `Where a field comes from; repeatable:\n${MAPPING_HELP}`],
    ["--mapping FILE", 'The same as JSON: {"price": "price_cents:cents"}'],
    ["--ignore COLUMN", "Pass over a column; repeatable"],
    ["--ignore-unknown", "Pass over all columns that no field is mapped to"],
    ["--format FORMAT", "ndjson, json or csv; else from the name or the first character"],
    ["--delimiter CHAR", "Of CSV; else found in its first line"],
    ["--dry-run", "Read and convert everything, send nothing"],
    ["--wait", "Return when the products are searchable (needs OPERATOR_KEY)"],
    ["--rejected FILE", "Where rejected lines go, with their reasons; FILE.rejected.ndjson by default"],
    ["--state FILE", "Where to keep how far it has come; FILE.vitrine-import.json by default"],
    ["--restart", "Begin anew, whatever an interrupted import has done"],
    ["--chunk N", "Lines a request; 2000 by default"],
    ["--quiet", "No progress"],
  ],
  options: {
    map: { type: "string", multiple: true },
    mapping: { type: "string" },
    ignore: { type: "string", multiple: true },
    "ignore-unknown": { type: "boolean" },
    format: { type: "string" },
    delimiter: { type: "string" },
    "dry-run": { type: "boolean" },
    wait: { type: "boolean" },
    rejected: { type: "string" },
    state: { type: "string" },
    restart: { type: "boolean" },
    chunk: { type: "string" },
    quiet: { type: "boolean" },
  },
  words: [1, 1],
  async run(invocation) {
    const input = openInput(invocation);
    if (invocation.flag("dry-run")) return dryRun(invocation, input.chunks(NOTHING_YET));
    const operatorKey = invocation.environment.OPERATOR_KEY;
    if (invocation.flag("wait") && operatorKey === undefined) {
      throw new UsageError("--wait asks for the state of the index: set OPERATOR_KEY");
    }
    const { api, state, done } = await prepare(invocation, input);
    const progress = new ProgressBar(invocation, input.totalBytes, invocation.flag("quiet"));
    const rejectedFile = new RejectedFile(
      invocation.text("rejected") ?? `${input.label}.rejected.ndjson`,
      done.rejectedBytes,
    );
    const onRetry = (reason: string, seconds: number): void =>
      progress.note(`${reason.split("\n")[0]}: trying again in ${seconds.toFixed(1)} s`);
    const summary = await runImport({
      chunks: input.chunks(done, progress),
      bytesRead: () => input.meter.bytes,
      upload: { api, signal: invocation.signal, onRetry },
      progress,
      rejectedFile,
      state,
      done,
    }).finally(() => progress.clear());
    const seconds = progress.seconds;
    if (invocation.flag("wait")) await waitUntilSearchable(openApi(invocation, operatorKey), invocation);
    return printSummary(invocation, {
      ...summary,
      seconds,
      searchableSeconds: progress.seconds,
      done,
      rejectedFile,
    });
  },
};

interface Input {
  label: string;
  path: string | null;
  meter: Meter;
  totalBytes: number | null;
  /** What decides how a line becomes a product: another one is another import. */
  how: unknown;
  chunks(done: Progress, progress?: ProgressBar): AsyncGenerator<Chunk>;
}

function openInput(invocation: Invocation): Input {
  const [name] = invocation.words;
  const path = name === "-" ? null : name;
  if (path !== null && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no file "${path}"`);
  }
  const mapping = readMapping(invocation);
  const ignore = invocation.flag("ignore-unknown") ? true : new Set(invocation.texts("ignore"));
  const [format, delimiter] = [readFormat(invocation), invocation.text("delimiter")];
  const size = wholeNumber(invocation, "chunk", 2_000, [1, 20_000]);
  const meter: Meter = { bytes: 0 };
  return {
    label: path ?? "stdin",
    path,
    meter,
    totalBytes: path === null ? null : statSync(path).size,
    how: [[...mapping], ignore === true ? true : [...ignore], format, delimiter],
    chunks(done, progress) {
      const bytes = plainBytes(path === null ? invocation.stdin : readFile(path), meter);
      const records = readRecords(bytes, path === null ? "" : basename(path), format, delimiter);
      const rest = skipRecords(records, done.records, () =>
        progress?.skipped({ rows: done.records, bytesRead: meter.bytes }),
      );
      const limits = { records: size, chars: MAX_CHUNK_CHARS };
      return checkedFirst(chunksOf(rest, converter({ mapping, ignore }), limits));
    },
  };
}

async function prepare(invocation: Invocation, { path, how, label }: Input) {
  const api = merchantApi(invocation);
  if (path === null) return { api, state: null, done: NOTHING_YET };
  const statePath = invocation.text("state") ?? `${label}.vitrine-import.json`;
  if (invocation.flag("restart")) rmSync(statePath, { force: true });
  const state = await ImportState.open(statePath, path, [how, api.url]);
  const { done } = state;
  if (done.records > 0) {
    invocation.err(`Going on after line ${done.records.toLocaleString("en-US")} (--restart begins anew)\n`);
  }
  return { api, state, done };
}

function readMapping(invocation: Invocation): Mapping {
  const file = invocation.text("mapping");
  if (file === undefined) return parseMapping({}, invocation.texts("map"));
  try {
    return parseMapping(JSON.parse(readFileSync(file, "utf8")), invocation.texts("map"));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The mapping file "${file}" cannot be read: ${String(error)}`);
  }
}

function readFormat(invocation: Invocation): Format | undefined {
  const name = invocation.text("format");
  const known = FORMATS.find((format) => format === name);
  if (name !== undefined && known === undefined) {
    throw new UsageError(`--format is "${name}", not one of ${FORMATS.join(", ")}`);
  }
  return known;
}
