import { record, type Api } from "../api.ts";
import { ApiError, NetworkError } from "../errors.ts";
import { patiently, type Patience } from "../patience.ts";
import type { Chunk, Line } from "./chunks.ts";
import type { Rejection } from "./rejected.ts";

export interface Outcome {
  accepted: number;
  /** Known before, where the service tells them apart from accepted ones. */
  duplicates: number;
  rejected: Rejection[];
}

export interface UploadOptions extends Patience {
  api: Api;
  /** The route that takes NDJSON. */
  path: string;
  /** Throws `AllRefused` where it takes no line at all, instead of asking for the reason of each. */
  isFirst?: boolean;
}

/** Nothing of the first request was taken: a mistake of the call, not of the lines. */
export class AllRefused extends Error {
  override readonly name = "AllRefused";
  readonly count: number;
  readonly first: Rejection;

  constructor(count: number, first: Rejection) {
    super(`The service takes none of the first ${count}. Line ${first.line}: ${first.detail}`);
    this.count = count;
    this.first = first;
  }
}

/** The service names at most this many rejected lines of one request. */
const REPORTED = 100;

/** Sends a chunk and answers for each of its records. What can pass is tried again; else throws `ApiError`. */
export async function upload(chunk: Chunk, options: UploadOptions): Promise<Outcome> {
  const { rejected, ...counts } = await uploadLines(chunk.lines, options);
  const all = [...chunk.refused, ...rejected].sort((a, b) => a.line - b.line);
  return { ...counts, rejected: all };
}

async function uploadLines(lines: readonly Line[], options: UploadOptions): Promise<Outcome> {
  const outcome: Outcome = { accepted: 0, duplicates: 0, rejected: [] };
  if (lines.length === 0) return outcome;
  let counted: Omit<Outcome, "rejected"> | null = null;
  try {
    const { unnamed, ...answer } = readAnswer(await patiently(() => post(lines, options), options), lines);
    const [first] = answer.rejected;
    const isNothing = answer.accepted + answer.duplicates === 0 && lines.length > 1;
    if (options.isFirst === true && isNothing && first !== undefined)
      throw new AllRefused(lines.length, first);
    if (unnamed <= 0 || lines.length <= REPORTED) return answer;
    counted = { accepted: answer.accepted, duplicates: answer.duplicates };
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 413 || lines.length === 1) throw error;
  }
  // Too large, or more lines rejected than the answer names: smaller parts. Accepted lines may be sent twice.
  const size = Math.min(REPORTED, Math.ceil(lines.length / 2));
  for (let from = 0; from < lines.length; from += size) {
    const part = await uploadLines(lines.slice(from, from + size), { ...options, isFirst: false });
    outcome.accepted += part.accepted;
    outcome.duplicates += part.duplicates;
    outcome.rejected.push(...part.rejected);
  }
  // What was taken the first time is a duplicate the second.
  return { ...outcome, ...counted };
}

function post(lines: readonly Line[], { api, path, signal }: UploadOptions): Promise<unknown> {
  return api.call({
    method: "POST",
    path,
    body: lines.map(({ text }) => `${text}\n`).join(""),
    contentType: "application/x-ndjson",
    signal,
  });
}

/** The service counts lines within one request; here they become those of the input. */
function readAnswer(answer: unknown, lines: readonly Line[]): Outcome & { unnamed: number } {
  const { accepted, duplicates, rejected, rejected_count: rejectedCount } = record(answer);
  if (typeof accepted !== "number" || !Array.isArray(rejected)) {
    throw new NetworkError("The answer to an import has no counts: is the URL right?");
  }
  const known = typeof duplicates === "number" ? duplicates : 0;
  const all = typeof rejectedCount === "number" ? rejectedCount : lines.length - accepted - known;
  return {
    accepted,
    duplicates: known,
    unnamed: all - rejected.length,
    rejected: rejected.map((entry: unknown) => rejectionOf(record(entry), lines)),
  };
}

function rejectionOf(
  { line, code, detail }: Readonly<Record<string, unknown>>,
  lines: readonly Line[],
): Rejection {
  const sent = lines[Number(line) - 1];
  return {
    line: sent?.line ?? 0,
    code: String(code),
    detail: String(detail),
    input: sent === undefined ? null : (JSON.parse(sent.text) as unknown),
  };
}
