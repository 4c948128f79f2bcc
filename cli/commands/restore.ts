import { operatorApi, type Command, type Invocation } from "../command.ts";
import { databasePlace } from "../backup/database.ts";
import { knownSchema } from "../backup/known-schemas.ts";
import { restoreBlobs } from "../backup/restore-blobs.ts";
import { release, restoreDatabase } from "../backup/restore-database.ts";
import { requireWhole } from "../backup/verify-backup.ts";
import { EXIT } from "../errors.ts";
import { grouped, printFields } from "../output.ts";
import { barOf, ProgressLine } from "../progress-line.ts";
import { DATABASE_HELP, summaryOf } from "./backup.ts";

const NEXT = `The database is restored; its jobs wait for the blobs. Start the deployment on it, and run this again with
--url (and OPERATOR_KEY): it goes on with the blobs.\n`;

export const restore: Command = {
  name: "restore",
  summary: "Restore a backup: its database to an empty one, its blobs through the deployment (operator)",
  usage: "FOLDER --database PLACE [--url URL] [--no-blobs] [--end-sessions] [--overwrite]",
  help: [
    DATABASE_HELP,
    ["--no-blobs", "The blobs are there already, by other means: the jobs may run"],
    ["--end-sessions", "Everybody signs in anew"],
    ["--overwrite", "Whatever the database holds is ended"],
  ],
  options: {
    database: { type: "string" },
    "no-blobs": { type: "boolean" },
    "end-sessions": { type: "boolean" },
    overwrite: { type: "boolean" },
  },
  words: [1, 1],
  async run(invocation) {
    const progress = new ProgressLine(invocation, invocation.flag("json"));
    try {
      return await restoreAll(invocation, progress);
    } finally {
      progress.clear();
    }
  },
};

async function restoreAll(invocation: Invocation, progress: ProgressLine): Promise<number> {
  const { signal } = invocation;
  const [folder] = invocation.words;
  const place = databasePlace(invocation);
  const takesBlobs = !invocation.flag("no-blobs");
  const onVerified = (done: number, count: number): void =>
    progress.update(() => `checking  ${barOf(done / count)}`);
  const manifest = await requireWhole({ folder, signal, onBlob: onVerified });
  const { tag, isNewest } = knownSchema(manifest.schema);
  let rows = 0;
  const isNew = await restoreDatabase({
    folder,
    manifest,
    place,
    overwrite: invocation.flag("overwrite"),
    endSessions: invocation.flag("end-sessions"),
    signal,
    onRows: (more) => {
      rows += more;
      progress.update(() => `${grouped(rows)} rows`);
    },
  });
  if (!isNew) progress.note("The database is restored already: going on with the blobs");
  if (!isNewest) progress.note(`Its schema is "${tag}": node scripts/migrate.ts brings it to the newest`);
  const isReachable = (invocation.text("url") ?? invocation.environment.VITRINE_URL) !== undefined;
  if (takesBlobs && !isReachable) {
    progress.clear();
    invocation.out(NEXT);
    return EXIT.ok;
  }
  const sent = takesBlobs ? await sendBlobs(invocation, progress, manifest.blobs.count) : 0;
  await release(place);
  progress.clear();
  printFields(invocation, { ...summaryOf(manifest), blobs_sent: sent, seconds: progress.seconds.toFixed(1) });
  return EXIT.ok;
}

function sendBlobs(invocation: Invocation, progress: ProgressLine, count: number): Promise<number> {
  const { signal } = invocation;
  return restoreBlobs({
    api: operatorApi(invocation),
    folder: invocation.words[0],
    signal,
    onRetry: progress.onRetry,
    onBlob: (done) =>
      progress.update(() => `${barOf(done / count)}  ${grouped(done)} of ${grouped(count)} blobs`),
  });
}
