import type { Ctx } from "../../deps.ts";
import type { AuditLine } from "../../db/queries/audit.ts";
import { writeCommunity } from "../../db/queries/community.ts";
import type {
  CommunityOutcome,
  CommunityRefusal,
  CommunityWrite,
} from "../../db/queries/community-writes.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { auditLine } from "../audit/line.ts";
import { MAX_ASKED, MAX_FRIENDS, MAX_HIDDEN } from "../friends/limits.ts";
import { bodyChunks } from "../ndjson/body-chunks.ts";
import { eachLine } from "../ndjson/each-line.ts";
import { readJsonLine, refused } from "../ndjson/json-line.ts";
import { LineSplitter } from "../ndjson/line-splitter.ts";
import type { Line } from "../ndjson/line-splitter.ts";
import { RejectedLines } from "../ndjson/rejected-lines.ts";
import type { RejectedLine } from "../ndjson/rejected-lines.ts";
import { CommunityBatch } from "./community-batch.ts";
import { parseCommunityLine } from "./community-line.ts";
import type { CommunityFaultCode } from "./line-fields.ts";

/** Of one request, as it comes and unpacked. */
export const MAX_COMMUNITY_BYTES = 64 * 1_024 * 1_024;
/** Of one request, blank ones too. */
export const MAX_COMMUNITY_LINES = 250_000;
/** A post of 5,000 characters, each written as an escape. */
export const MAX_COMMUNITY_LINE_BYTES = 128 * 1_024;

const LIMITS = { friends: MAX_FRIENDS, asked: MAX_ASKED, hidden: MAX_HIDDEN };

const REASONS: Readonly<Record<CommunityRefusal, (named: string) => string>> = {
  email_taken: (id) => `The address belongs to the account "${id}": name that one`,
  id_taken: (id) => `There is "${id}" already, of another author`,
  no_person: (id) => `There is nobody "${id}"`,
  no_post: (id) => `There is no post "${id}"`,
  no_product: (id) => `There is no product "${id}"`,
  no_image: (id) => `There is no image "${id}", or it has failed`,
  no_mention: (id) => `There is nobody "${id}" of the name mentioned, or one of the two hides the other`,
  not_seen: (id) => `The post "${id}" is not one that this person sees: none of theirs or of a friend's`,
  blocked: (id) => `One of the two blocks the other: "${id}"`,
  too_many: (id) => `One of the two has as many as may be: "${id}"`,
};

export interface CommunityImport {
  /** Lines that wrote something. */
  accepted: number;
  /** Lines whose content was there already, which stays as it is. */
  duplicates: number;
  rejectedCount: number;
  /** The first 100. */
  rejected: RejectedLine<CommunityFaultCode>[];
  /** The number of the last line read. */
  lastLine: number;
}

/**
 * Takes people, friendships, posts and what became of them from an NDJSON stream, in batches of 500 lines as they come,
 * one round trip each; memory holds one batch and one line. For the operator alone. Throws `invalid_input` for a JSON
 * array, `bad_request` where the body breaks off or is no gzip, `body_too_large` (bytes or lines), `unavailable`: what was
 * accepted before is kept, and the error says how many.
 */
export async function importCommunity(
  ctx: Ctx<"db" | "clock">,
  body: { stream: ReadableStream<Uint8Array>; gzip: boolean },
): Promise<CommunityImport> {
  requireOperator(ctx.actor);
  const run = new CommunityRun(ctx);
  try {
    try {
      await run.read(bodyChunks({ ...body, maxBytes: MAX_COMMUNITY_BYTES }));
    } finally {
      await run.write();
    }
  } catch (error) {
    throw run.told(error);
  }
  return run.result;
}

class CommunityRun {
  readonly #ctx: Ctx<"db" | "clock">;
  /** One line an import, written with its first batch. */
  readonly #audit: AuditLine;
  readonly #splitter = new LineSplitter(MAX_COMMUNITY_LINE_BYTES);
  readonly #rejected = new RejectedLines<CommunityFaultCode>();
  readonly #batch = new CommunityBatch();
  #accepted = 0;
  #duplicates = 0;

  constructor(ctx: Ctx<"db" | "clock">) {
    this.#ctx = ctx;
    this.#audit = auditLine(ctx, "community.imported");
  }

  get result(): CommunityImport {
    return {
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      rejectedCount: this.#rejected.count,
      rejected: this.#rejected.first(),
      lastLine: this.#splitter.lastNumber,
    };
  }

  read(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    return eachLine(chunks, this.#splitter, "person, post or other", (line) => this.#take(line));
  }

  async #take({ number, bytes }: Line): Promise<void> {
    if (number > MAX_COMMUNITY_LINES)
      throw new AppError("body_too_large", `The body is over the limit of ${MAX_COMMUNITY_LINES} lines`);
    const read = readJsonLine(bytes, MAX_COMMUNITY_LINE_BYTES);
    if (read.kind === "blank") return;
    if (read.kind === "rejected") return this.#reject(number, read);
    const parsed = parseCommunityLine(read.value, this.#ctx.clock.now());
    if ("code" in parsed) return this.#reject(number, parsed);
    const size = bytes?.length ?? 0;
    if (this.#batch.isFullFor(parsed, size)) await this.write();
    this.#batch.add(parsed, number, size);
  }

  #reject(line: number, { code, detail }: { code: CommunityFaultCode; detail: string }): void {
    const { kind: _, ...told } = refused(code, detail);
    this.#rejected.add({ line, ...told });
  }

  /** Stores what is pending. */
  async write(): Promise<void> {
    const pending = this.#batch.takeAll();
    if (pending.length === 0) return;
    const writes = pending.map(({ write }): CommunityWrite => write);
    const batch = { limits: LIMITS, now: this.#ctx.clock.now(), audit: this.#audit };
    const outcomes = await writeCommunity(this.#ctx.db, writes, batch);
    for (const [i, outcome] of outcomes.entries()) this.#count(pending[i].line, outcome);
  }

  #count(line: number, outcome: CommunityOutcome): void {
    if (outcome === "written") this.#accepted++;
    else if (outcome === null) this.#duplicates++;
    else this.#reject(line, { code: outcome.code, detail: REASONS[outcome.code](outcome.detail) });
  }

  /** The error with what the import had done by then. */
  told(error: unknown): unknown {
    if (!(error instanceof AppError)) return error;
    const { accepted, lastLine } = this.result;
    const detail = `${error.facts.detail}. Read to line ${lastLine}; ${accepted} lines were accepted and are kept`;
    return new AppError(error.code, { ...error.facts, detail }, error);
  }
}
