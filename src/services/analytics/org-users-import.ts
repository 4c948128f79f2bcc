import type { Ctx } from "../../deps.ts";
import { upsertUsers } from "../../db/queries/org-users-write.ts";
import type { OrgUserWrite, OrgUserWriter } from "../../db/queries/org-users-write.ts";
import type { AuditLine } from "../../db/queries/audit.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { EventFaultCode } from "../events/event-fields.ts";
import { auditLine } from "../audit/line.ts";
import { keyOf } from "../events/take-events.ts";
import { bodyChunks } from "../ndjson/body-chunks.ts";
import { eachLine } from "../ndjson/each-line.ts";
import { readJsonLine, refused } from "../ndjson/json-line.ts";
import type { LineFault } from "../ndjson/json-line.ts";
import { LineSplitter } from "../ndjson/line-splitter.ts";
import type { Line } from "../ndjson/line-splitter.ts";
import { RejectedLines } from "../ndjson/rejected-lines.ts";
import type { RejectedLine } from "../ndjson/rejected-lines.ts";
import { forgetVersion } from "./answers.ts";
import { parseOrgUser } from "./org-users-line.ts";

/** Of one request, as it comes and unpacked. */
export const MAX_USERS_BYTES = 64 * 1_024 * 1_024;
/** Of one request, blank ones too. */
export const MAX_USERS_LINES = 250_000;
const MAX_LINE_BYTES = 4 * 1_024;
const BATCH_LINES = 1_000;

export type UserFaultCode = LineFault | EventFaultCode;

export interface UserImport {
  /** Lines taken, those that changed nothing among them. */
  accepted: number;
  unchanged: number;
  rejectedCount: number;
  /** The first 100. */
  rejected: RejectedLine<UserFaultCode>[];
  /** The number of the last line read. */
  lastLine: number;
}

export interface UserImportInput {
  /** Id or slug. */
  org: string;
  stream: ReadableStream<Uint8Array>;
  gzip: boolean;
}

type ImportCtx = Ctx<"db" | "clock" | "isolate">;

/**
 * Takes the users of an NDJSON stream, one a line, in batches of 1,000 as they come, one round trip each; memory holds one
 * batch and one line. Throws `invalid_input` for a JSON array, `bad_request` where the body breaks off or is no gzip,
 * `body_too_large` (bytes or lines), `unavailable`: what was accepted before is kept, and the error says how many.
 */
export async function importUsers(ctx: ImportCtx, { org, ...body }: UserImportInput): Promise<UserImport> {
  const orgId = requirePermission(ctx.actor, "events:write", org);
  const run = new UserImportRun(ctx, orgId);
  try {
    try {
      await run.read(bodyChunks({ ...body, maxBytes: MAX_USERS_BYTES }));
    } finally {
      await run.write();
    }
  } catch (error) {
    throw run.told(error);
  } finally {
    forgetVersion(ctx, orgId);
  }
  return run.result;
}

class UserImportRun {
  readonly #ctx: ImportCtx;
  readonly #orgId: string;
  /** One line an import, written with the first batch that changes anything. */
  readonly #audit: AuditLine;
  readonly #splitter = new LineSplitter(MAX_LINE_BYTES);
  readonly #rejected = new RejectedLines<UserFaultCode>();
  #pending: OrgUserWrite[] = [];
  #accepted = 0;
  #unchanged = 0;

  constructor(ctx: ImportCtx, orgId: string) {
    this.#ctx = ctx;
    this.#orgId = orgId;
    this.#audit = auditLine(ctx, "users.imported");
  }

  get result(): UserImport {
    return {
      accepted: this.#accepted,
      unchanged: this.#unchanged,
      rejectedCount: this.#rejected.count,
      rejected: this.#rejected.first(),
      lastLine: this.#splitter.lastNumber,
    };
  }

  read(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    return eachLine(chunks, this.#splitter, "user", (line) => this.#take(line));
  }

  async #take({ number, bytes }: Line): Promise<void> {
    if (number > MAX_USERS_LINES) {
      throw new AppError("body_too_large", `The body is over the limit of ${MAX_USERS_LINES} lines`);
    }
    const read = readJsonLine(bytes, MAX_LINE_BYTES);
    if (read.kind === "blank") return;
    if (read.kind === "rejected") return this.#reject(number, read);
    const parsed = parseOrgUser(read.value, this.#ctx.clock.now());
    if ("code" in parsed) return this.#reject(number, parsed);
    this.#pending.push(parsed);
    if (this.#pending.length >= BATCH_LINES) await this.write();
  }

  #reject(line: number, { code, detail }: { code: UserFaultCode; detail: string }): void {
    const { kind: _, ...told } = refused(code, detail);
    this.#rejected.add({ line, ...told });
  }

  /** Stores what is pending. */
  async write(): Promise<void> {
    if (this.#pending.length === 0) return;
    const users = this.#pending;
    this.#pending = [];
    const now = this.#ctx.clock.now();
    const writer: OrgUserWriter = { orgId: this.#orgId, keyId: keyOf(this.#ctx), now };
    const changed = await upsertUsers(this.#ctx.db, writer, users, this.#audit);
    this.#accepted += users.length;
    this.#unchanged += users.filter(({ id }) => !changed.has(id)).length;
  }

  /** The error with what the import had done by then. */
  told(error: unknown): unknown {
    if (!(error instanceof AppError)) return error;
    const { accepted, lastLine } = this.result;
    const detail = `${error.facts.detail}. Read to line ${lastLine}; ${accepted} users were accepted and are kept`;
    return new AppError(error.code, { ...error.facts, detail }, error);
  }
}
