import type { Ctx } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { upsertProducts } from "../../db/queries/products.ts";
import type { AuditLine } from "../../db/queries/audit.ts";
import type { BulkJob, ProductWrite, Writer } from "../../db/queries/products.ts";
import { auditLine } from "../audit/line.ts";
import { bodyChunks } from "../ndjson/body-chunks.ts";
import { eachLine } from "../ndjson/each-line.ts";
import { LineSplitter } from "../ndjson/line-splitter.ts";
import type { Line } from "../ndjson/line-splitter.ts";
import { relayOutbox } from "../outbox.ts";
import { writerOf } from "./access.ts";
import { contentHashOf } from "./content-hash.ts";
import { strangeImage } from "./image-of-product.ts";
import { ImportBatch } from "./import-batch.ts";
import { ImportReport } from "./import-report.ts";
import type { ImportResult } from "./import-report.ts";
import { described, MAX_LINE_BYTES, readLine } from "./read-line.ts";

export type { ImportResult } from "./import-report.ts";

/** Of one request, as it comes and unpacked. */
export const MAX_IMPORT_BYTES = 64 * 1_024 * 1_024;
/** Of one request, blank ones too: 64 MB of nothing but line ends would keep an isolate busy for two minutes. */
export const MAX_IMPORT_LINES = 250_000;

type ImportCtx = Ctx<"db" | "clock" | "jobs" | "lifetime" | "log">;

/**
 * Writes the products of an NDJSON stream, one a line, in batches as they come; memory holds one batch and one line. A
 * bad line is rejected by itself. Throws `invalid_input` for a JSON array, `bad_request` where the body breaks off or
 * is no gzip, `body_too_large` (bytes or lines), `unavailable`: lines accepted before are kept, and the error says how many.
 */
export async function importProducts(
  ctx: ImportCtx,
  { org, ...body }: { stream: ReadableStream<Uint8Array>; gzip: boolean; org?: string },
): Promise<ImportResult> {
  const run = new ImportRun(ctx, writerOf(ctx, org));
  try {
    try {
      await run.read(bodyChunks({ ...body, maxBytes: MAX_IMPORT_BYTES }));
    } finally {
      await run.write({ isLast: true });
    }
  } catch (error) {
    throw run.told(error);
  } finally {
    if (run.wroteJob) ctx.lifetime.defer(relayOutbox(ctx));
  }
  return run.result;
}

class ImportRun {
  readonly #ctx: ImportCtx;
  readonly #writer: Writer;
  /** One line an import, written with the first batch that changes anything. */
  readonly #audit: AuditLine;
  readonly #splitter = new LineSplitter(MAX_LINE_BYTES);
  readonly #batch = new ImportBatch();
  readonly #report = new ImportReport();
  #changesWithoutJob = false;
  wroteJob = false;

  constructor(ctx: ImportCtx, writer: Writer) {
    this.#ctx = ctx;
    this.#writer = writer;
    this.#audit = auditLine(ctx, "products.imported");
  }

  get result(): ImportResult {
    return this.#report.finish(this.#splitter.lastNumber);
  }

  read(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    return eachLine(chunks, this.#splitter, "product", (line) => this.#take(line));
  }

  async #take({ number, bytes }: Line): Promise<void> {
    if (number > MAX_IMPORT_LINES) {
      throw new AppError("body_too_large", `The body is over the limit of ${MAX_IMPORT_LINES} lines`);
    }
    const read = readLine(bytes);
    if (read.kind === "blank") return;
    if (read.kind === "rejected") {
      this.#report.reject({ line: number, code: read.code, detail: read.detail });
      return;
    }
    const size = bytes?.length ?? 0;
    if (this.#batch.isFullFor(size)) await this.write({ isLast: false });
    this.#batch.add({ ...read.product, contentHash: contentHashOf(read.product) }, number, size);
  }

  /**
   * Writes what is pending. The first batch that changes anything carries a job, so that no crash leaves changes without
   * one; so does the last, where that job may have run before the rest was written.
   */
  async write({ isLast }: { isLast: boolean }): Promise<void> {
    if (this.#batch.size === 0) return;
    const pending = this.#batch.takeAll();
    const writes = pending.map(({ write }) => write);
    const writer = { ...this.#writer, now: this.#ctx.clock.now() };
    const job = isLast || !this.wroteJob ? this.#newJob(writer.now) : null;
    const { written, foreign, strangeImages, jobWritten } = await upsertProducts(
      this.#ctx.db,
      writer,
      writes,
      { withJob: job, audit: this.#audit },
    );
    this.wroteJob ||= jobWritten;
    this.#changesWithoutJob = !jobWritten && (this.#changesWithoutJob || written.size > 0);
    for (const { write, lines } of pending) {
      if (foreign.has(write.id)) for (const line of lines) this.#report.reject(notOwner(write.id, line));
      else if (strangeImages.has(write.id))
        for (const line of lines) this.#report.reject(noImage(write, line));
      else if (written.has(write.id)) this.#report.accept(lines.length);
      else this.#report.acceptUnchanged(lines.length);
    }
  }

  #newJob(now: number): BulkJob {
    const job = { id: newId("job", this.#ctx.clock), kind: "index.merge", payload: {} };
    return { job, createdAt: now, evenIfUnchanged: this.#changesWithoutJob };
  }

  /** The error with what the import had done by then. */
  told(error: unknown): unknown {
    if (!(error instanceof AppError)) return error;
    const { accepted, lastLine } = this.result;
    const detail = `${error.facts.detail}. Read to line ${lastLine}; ${accepted} lines were accepted and are kept`;
    return new AppError(error.code, { ...error.facts, detail }, error);
  }
}

function notOwner(id: string, line: number) {
  return { line, code: "not_owner" as const, detail: `The product "${id}" belongs to another organisation` };
}

function noImage(write: ProductWrite, line: number) {
  return { line, code: "invalid_product" as const, detail: described(strangeImage(write)) };
}
