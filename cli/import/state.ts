import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { pipeline } from "node:stream/promises";

/** How far an import has come: everything before `records` is acknowledged and its rejections written. */
export interface Progress {
  records: number;
  accepted: number;
  /** Known before, where the service tells them apart. */
  duplicates: number;
  rejected: number;
  /** Length of the file of rejected lines at that point. */
  rejectedBytes: number;
}

/** The bytes of a file and how they are read. */
interface Identity {
  hash: string;
  size: number;
  how: string;
}

export const NOTHING_YET: Progress = {
  records: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  rejectedBytes: 0,
};

/** Kept beside the file of an import under way; gone once it is complete. */
export class ImportState {
  readonly #path: string;
  readonly #identity: Identity;
  /** Where to go on. */
  readonly done: Progress;

  private constructor(path: string, identity: Identity, done: Progress) {
    this.#path = path;
    this.#identity = identity;
    this.done = done;
  }

  /**
   * The state at `path` of importing `file`, read as `how` says. It goes on where an earlier import of the same bytes
   * stopped, also when the file was cut short then and has since got its rest.
   */
  static async open(path: string, file: string, how: unknown): Promise<ImportState> {
    const { size } = statSync(file);
    const identity = { hash: await hashOf(file, size), size, how: digest(JSON.stringify(how)) };
    const stored = read(path);
    if (stored === null || stored.how !== identity.how || stored.size > size) {
      return new ImportState(path, identity, NOTHING_YET);
    }
    const hash = stored.size === size ? identity.hash : await hashOf(file, stored.size);
    const { records, accepted, duplicates = 0, rejected, rejectedBytes } = stored;
    const done =
      hash === stored.hash ? { records, accepted, duplicates, rejected, rejectedBytes } : NOTHING_YET;
    return new ImportState(path, identity, done);
  }

  save(progress: Progress): void {
    const temporary = `${this.#path}.new`;
    writeFileSync(temporary, `${JSON.stringify({ ...this.#identity, ...progress })}\n`);
    renameSync(temporary, this.#path);
  }

  clear(): void {
    rmSync(this.#path, { force: true });
  }
}

function read(path: string): (Identity & Progress) | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Identity & Progress;
  } catch {
    return null;
  }
}

async function hashOf(file: string, size: number): Promise<string> {
  const hash = createHash("sha256");
  if (size > 0) await pipeline(createReadStream(file, { end: size - 1, highWaterMark: 1_000_000 }), hash);
  return hash.digest("hex");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
