import type { Ctx } from "../../deps.ts";
import type { AuditLine } from "../../db/queries/audit.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { DAY_MS } from "../../domain/event.ts";
import type { AnalyticsEvent } from "../../domain/event.ts";
import { auditLine } from "../audit/line.ts";
import { bodyChunks } from "../ndjson/body-chunks.ts";
import { eachLine } from "../ndjson/each-line.ts";
import { readJsonLine, refused } from "../ndjson/json-line.ts";
import type { LineFault } from "../ndjson/json-line.ts";
import { LineSplitter } from "../ndjson/line-splitter.ts";
import type { Line } from "../ndjson/line-splitter.ts";
import { RejectedLines } from "../ndjson/rejected-lines.ts";
import type { RejectedLine } from "../ndjson/rejected-lines.ts";
import type { EventFaultCode } from "./event-fields.ts";
import { parseEvent } from "./parse-event.ts";
import { recordEvents } from "./record.ts";
import { countsOf, faultOf, keyOf } from "./take-events.ts";

/** Of one request, as it comes and unpacked. */
export const MAX_IMPORT_BYTES = 64 * 1_024 * 1_024;
/** Of one request, blank ones too. */
export const MAX_IMPORT_LINES = 250_000;
/** Older than this is no history of a shop, but a mistake. */
const MAX_AGE_DAYS = 3_653;
const MAX_LINE_BYTES = 16 * 1_024;
const BATCH_LINES = 1_000;
const BATCH_BYTES = 1_024 * 1_024;

export type ImportFault = LineFault | EventFaultCode;

export interface EventImport {
  accepted: number;
  duplicates: number;
  rejectedCount: number;
  /** The first 100. */
  rejected: RejectedLine<ImportFault>[];
  /** The number of the last line read. */
  lastLine: number;
}

type ImportCtx = Ctx<"config" | "db" | "clock" | "isolate" | "jobs" | "lifetime" | "log">;

export interface EventImportInput {
  /** Id or slug. */
  org: string;
  stream: ReadableStream<Uint8Array>;
  gzip: boolean;
}

/**
 * Takes the events of an NDJSON stream, of any age that the organisation keeps, in batches of 1,000 as they come; memory
 * holds one batch and one line. Throws `invalid_input` for a JSON array, `bad_request` where the body breaks off or is no
 * gzip, `body_too_large` (bytes or lines), `unavailable`: what was accepted before is kept, and the error says how many.
 */
export async function importEvents(ctx: ImportCtx, { org, ...body }: EventImportInput): Promise<EventImport> {
  const run = new EventImportRun(ctx, requirePermission(ctx.actor, "events:write", org));
  try {
    try {
      await run.read(bodyChunks({ ...body, maxBytes: MAX_IMPORT_BYTES }));
    } finally {
      await run.write();
    }
  } catch (error) {
    throw run.told(error);
  }
  return run.result;
}

class EventImportRun {
  readonly #ctx: ImportCtx;
  readonly #orgId: string;
  /** One line an import, written with its first batch. */
  readonly #audit: AuditLine;
  readonly #splitter = new LineSplitter(MAX_LINE_BYTES);
  readonly #rejected = new RejectedLines<ImportFault>();
  #pending: { line: number; event: AnalyticsEvent }[] = [];
  #pendingBytes = 0;
  #accepted = 0;
  #duplicates = 0;

  constructor(ctx: ImportCtx, orgId: string) {
    this.#ctx = ctx;
    this.#orgId = orgId;
    this.#audit = auditLine(ctx, "events.imported");
  }

  get result(): EventImport {
    return {
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      rejectedCount: this.#rejected.count,
      rejected: this.#rejected.first(),
      lastLine: this.#splitter.lastNumber,
    };
  }

  read(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    return eachLine(chunks, this.#splitter, "event", (line) => this.#take(line));
  }

  async #take({ number, bytes }: Line): Promise<void> {
    if (number > MAX_IMPORT_LINES) {
      throw new AppError("body_too_large", `The body is over the limit of ${MAX_IMPORT_LINES} lines`);
    }
    const read = readJsonLine(bytes, MAX_LINE_BYTES);
    if (read.kind === "blank") return;
    if (read.kind === "rejected") return this.#reject(number, read);
    const parsed = parseEvent(read.value, { now: this.#ctx.clock.now(), maxAgeMs: MAX_AGE_DAYS * DAY_MS });
    if (!("event" in parsed)) return this.#reject(number, parsed);
    this.#pending.push({ line: number, event: parsed.event });
    this.#pendingBytes += bytes?.length ?? 0;
    if (this.#pending.length >= BATCH_LINES || this.#pendingBytes >= BATCH_BYTES) await this.write();
  }

  #reject(line: number, { code, detail }: { code: ImportFault; detail: string }): void {
    const { kind: _, ...told } = refused(code, detail);
    this.#rejected.add({ line, ...told });
  }

  /** Stores what is pending. */
  async write(): Promise<void> {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    const events = pending.map(({ event }) => event);
    const outcomes = await recordEvents(this.#ctx, this.#orgId, events, {
      keyId: keyOf(this.#ctx),
      audit: this.#audit,
    });
    const { accepted, duplicates } = countsOf(outcomes);
    this.#accepted += accepted;
    this.#duplicates += duplicates;
    for (const [i, { line, event }] of pending.entries()) {
      const fault = faultOf(outcomes[i], event);
      if (fault !== null) this.#reject(line, fault);
    }
  }

  /** The error with what the import had done by then. */
  told(error: unknown): unknown {
    if (!(error instanceof AppError)) return error;
    const { accepted, lastLine } = this.result;
    const detail = `${error.facts.detail}. Read to line ${lastLine}; ${accepted} events were accepted and are kept`;
    return new AppError(error.code, { ...error.facts, detail }, error);
  }
}
