import { operatorApi, type Command } from "../command.ts";
import { databasePlace } from "../backup/database.ts";
import type { BackupManifest } from "../backup/manifest.ts";
import { takeBackup } from "../backup/take-backup.ts";
import { verifyBackup } from "../backup/verify-backup.ts";
import { EXIT } from "../errors.ts";
import { grouped, printFields } from "../output.ts";
import { barOf, ProgressLine } from "../progress-line.ts";

export const DATABASE_HELP = [
  "--database PLACE",
  "file:PATH or libsql://…; else TURSO_DATABASE_URL. The token is TURSO_AUTH_TOKEN",
] as const;

export const backup: Command = {
  name: "backup",
  summary: "Back up the database and all blobs of a deployment that goes on working (operator)",
  usage: "FOLDER --database PLACE [--resume] [--frozen]",
  help: [
    DATABASE_HELP,
    ["--resume", "Goes on with a backup that was interrupted"],
    [
      "--frozen",
      "Nobody writes to the database, as to a copy made for this: it is read\nwithout a transaction, however large",
    ],
  ],
  options: { database: { type: "string" }, resume: { type: "boolean" }, frozen: { type: "boolean" } },
  words: [1, 1],
  async run(invocation) {
    const { signal } = invocation;
    const progress = new ProgressLine(invocation, invocation.flag("json"));
    try {
      const manifest = await takeBackup({
        api: operatorApi(invocation),
        folder: invocation.words[0],
        place: databasePlace(invocation),
        isFrozen: invocation.flag("frozen"),
        resume: invocation.flag("resume"),
        signal,
        onRetry: progress.onRetry,
        onProgress: ({ step, rows, blobs, bytes }) =>
          progress.update(
            () => `${step}: ${grouped(rows)} rows, ${grouped(blobs)} blobs, ${megabytes(bytes)}`,
          ),
      });
      progress.clear();
      for (const key of manifest.lost.slice(0, 20))
        invocation.err(`The database names the blob "${key}", which the store has not.\n`);
      printFields(invocation, {
        folder: invocation.words[0],
        ...summaryOf(manifest),
        seconds: progress.seconds.toFixed(1),
      });
      return EXIT.ok;
    } finally {
      progress.clear();
    }
  },
};

export const verify: Command = {
  name: "verify",
  summary: "Check a backup: every hash, the database, and that no blob is missing",
  usage: "FOLDER",
  help: [],
  options: {},
  words: [1, 1],
  async run(invocation) {
    const { signal } = invocation;
    const [folder] = invocation.words;
    const progress = new ProgressLine(invocation, invocation.flag("json"));
    const onBlob = (done: number, count: number): void =>
      progress.update(() => `${barOf(done / count)}  ${grouped(done)} of ${grouped(count)} blobs`);
    const { manifest, faults } = await verifyBackup({ folder, signal, onBlob });
    progress.clear();
    for (const fault of faults) invocation.err(`${fault}\n`);
    const isWhole = faults.length === 0;
    printFields(invocation, { folder, whole: isWhole, ...summaryOf(manifest) });
    return isWhole ? EXIT.ok : EXIT.failed;
  },
};

export function summaryOf({ taken_at, database, blobs, lost }: BackupManifest): Record<string, unknown> {
  const rows = Object.values(database.tables).reduce((sum, one) => sum + one, 0);
  return {
    taken_at,
    tables: Object.keys(database.tables).length,
    rows,
    database_bytes: database.bytes,
    blobs: blobs.count,
    blob_bytes: blobs.bytes,
    lost_blobs: lost.length,
  };
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
