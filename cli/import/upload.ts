import { record, type Api } from "../api.ts";
import { ApiError, NetworkError } from "../errors.ts";
import { patiently, type Patience } from "../patience.ts";
import type { Chunk, Line } from "./chunks.ts";
import type { Rejection } from "./rejected.ts";

export interface Outcome {
  accepted: number;
  rejected: Rejection[];
}

export interface UploadOptions extends Patience {
  api: Api;
}

/** The service names at most this many rejected lines of one request. */
const REPORTED = 100;

/** Sends a chunk and answers for each of its records. What can pass is tried again; else throws `ApiError`. */
export async function upload(chunk: Chunk, options: UploadOptions): Promise<Outcome> {
  const { accepted, rejected } = await uploadLines(chunk.lines, options);
  const all = [...chunk.refused, ...rejected].sort((a, b) => a.line - b.line);
  return { accepted, rejected: all };
}

async function uploadLines(lines: readonly Line[], options: UploadOptions): Promise<Outcome> {
  if (lines.length === 0) return { accepted: 0, rejected: [] };
  try {
    const answer = readAnswer(await patiently(() => post(lines, options), options), lines);
    const unnamed = lines.length - answer.accepted - answer.rejected.length;
    if (unnamed <= 0 || lines.length <= REPORTED) return answer;
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 413 || lines.length === 1) throw error;
  }
  // Too large, or more lines rejected than the answer names: smaller parts. Accepted lines may be sent twice.
  const size = Math.min(REPORTED, Math.ceil(lines.length / 2));
  const outcome: Outcome = { accepted: 0, rejected: [] };
  for (let from = 0; from < lines.length; from += size) {
    const part = await uploadLines(lines.slice(from, from + size), options);
    outcome.accepted += part.accepted;
    outcome.rejected.push(...part.rejected);
  }
  return outcome;
}

function post(lines: readonly Line[], { api, signal }: UploadOptions): Promise<unknown> {
  return api.call({
    method: "POST",
    path: "/v1/products/import",
    body: lines.map(({ text }) => `${text}\n`).join(""),
    contentType: "application/x-ndjson",
    signal,
  });
}

/** The service counts lines within one request; here they become those of the input. */
function readAnswer(answer: unknown, lines: readonly Line[]): Outcome {
  const { accepted, rejected } = record(answer);
  if (typeof accepted !== "number" || !Array.isArray(rejected)) {
    throw new NetworkError("The answer to an import has no counts: is the URL right?");
  }
  return {
    accepted,
    rejected: rejected.map((entry: unknown) => {
      const { line, code, detail } = record(entry);
      const sent = lines[Number(line) - 1];
      return {
        line: sent?.line ?? 0,
        code: String(code),
        detail: String(detail),
        input: sent === undefined ? null : (JSON.parse(sent.text) as unknown),
      };
    }),
  };
}
