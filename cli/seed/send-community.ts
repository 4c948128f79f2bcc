import type { Api } from "../api.ts";
import type { Invocation } from "../command.ts";
import type { CommunityLine } from "../demo/community/lines.ts";
import type { Chunk } from "../import/chunks.ts";
import { ProgressBar } from "../import/progress.ts";
import { RejectedFile } from "../import/rejected.ts";
import { runImport } from "../import/run-import.ts";
import { NOTHING_YET, type Progress } from "../import/state.ts";

export const COMMUNITY_PATH = "/v1/admin/community";

const CHUNK_LINES = 8_000;
const NOTHING_SENT = { person: 0, friendship: 0, hiding: 0, post: 0, like: 0, comment: 0 };

export interface SentCommunity extends Progress {
  /** Lines of each kind that were sent. */
  sent: Readonly<Record<CommunityLine["kind"], number>>;
}

/** Sends the lines of each part, each part once the one before is there, and counts on from `before`. Throws what cannot pass. */
export async function sendCommunity(
  invocation: Invocation,
  operator: Api,
  parts: readonly Iterable<CommunityLine>[],
  before: SentCommunity = { ...NOTHING_YET, sent: NOTHING_SENT },
): Promise<SentCommunity> {
  const sent = { ...before.sent };
  const progress = new ProgressBar(invocation, null, invocation.flag("quiet"));
  const rejectedFile = new RejectedFile("demo-community.rejected.ndjson", before.rejectedBytes);
  const { signal } = invocation;
  const upload = {
    api: operator,
    path: COMMUNITY_PATH,
    signal,
    onRetry: (reason: string) => progress.note(reason),
  };
  let done: Progress = before;
  try {
    for (const part of parts) {
      const chunks = chunksOf(part, sent);
      done = await runImport({
        chunks,
        bytesRead: () => 0,
        upload,
        progress,
        rejectedFile,
        state: null,
        done,
      });
    }
  } finally {
    progress.clear();
  }
  return { ...done, sent };
}

/** Two chunks travel at once: what a post gets goes with it, in one of them. */
async function* chunksOf(
  lines: Iterable<CommunityLine>,
  sent: Record<CommunityLine["kind"], number>,
): AsyncGenerator<Chunk> {
  let chunk = newChunk();
  let number = 0;
  for (const line of lines) {
    const mayEnd = line.kind !== "like" && line.kind !== "comment";
    if (mayEnd && chunk.records >= CHUNK_LINES) {
      yield chunk;
      chunk = newChunk();
    }
    sent[line.kind]++;
    chunk.records++;
    chunk.lines.push({ line: ++number, text: JSON.stringify(line) });
  }
  if (chunk.records > 0) yield chunk;
}

function newChunk(): Chunk {
  return { records: 0, lines: [], refused: [], unknown: new Set() };
}
