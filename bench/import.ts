import { join } from "node:path";
import { benchState, buildWorker, markImported, startDeployment, vitrine } from "./deployment.ts";
import type { Deployment } from "./deployment.ts";
import { residentBytes } from "./processes.ts";
import { writeReport } from "./report.ts";
import { writeCleanCatalogue } from "./search/catalogue.ts";

const MB = 2 ** 20;

export const MAPPING = [
  "price=price_cents:cents",
  "currency=USD",
  "image_url=image",
  "attributes.source=source",
  "attributes.year=year",
];

interface ImportAnswer {
  records: number;
  accepted: number;
  rejected: number;
  seconds: number;
  rows_per_second: number;
  searchable_seconds: number;
  peak_memory_mb: number;
}

async function createKey(deployment: Deployment): Promise<string> {
  await vitrine(deployment, ["orgs", "create", "bench"]);
  const created = (await vitrine(deployment, ["keys", "create", "bench"])) as { key?: string };
  if (created.key === undefined) throw new Error("The command line printed no key");
  return created.key;
}

/** Imports the whole catalogue and waits until searches see it. */
export async function importCatalogue(deployment: Deployment): Promise<ImportAnswer> {
  const state = join(benchState(), "state");
  const file = join(state, "products.jsonl.gz");
  writeCleanCatalogue(file);
  const key = await createKey(deployment);
  const files = ["--state", join(state, "import.json"), "--rejected", join(state, "rejected.ndjson")];
  const mapping = MAPPING.flatMap((entry) => ["--map", entry]);
  const args = ["import", file, ...mapping, "--ignore-unknown", "--wait", "--quiet", "--restart", ...files];
  const answer = (await vitrine(deployment, args, key)) as ImportAnswer;
  markImported();
  return answer;
}

async function main(): Promise<void> {
  const deployment = await startDeployment(buildWorker(), { fresh: true });
  try {
    const imported = await importCatalogue(deployment);
    const [workerd, database] = [deployment.workerdPid, deployment.databasePid].map(
      (pid) => residentBytes(pid).peak,
    );
    writeReport({
      name: "import",
      title: "Import of the real catalogue through the command line",
      command: "npm run bench import",
      notes: [
        "Into an empty deployment on one machine: the built Worker under Miniflare, libSQL over HTTP, R2 and queues of Miniflare.",
        "The file: gzipped JSON lines; without 2,465 pictures that are a file name alone and 8 empty category names, which are refused.",
        "Searchable: a search sees the last product imported. Peaks are of resident memory; workerd also holds R2, KV and the queues.",
      ],
      tables: [
        {
          title: "Import",
          columns: ["figure", "value"],
          rows: [
            ["products accepted", imported.accepted],
            ["lines rejected", imported.rejected],
            ["seconds until all are stored", imported.seconds],
            ["products/s", imported.rows_per_second],
            ["seconds until all are searchable", imported.searchable_seconds],
            ["peak of the command line, MB", imported.peak_memory_mb],
            ["peak of workerd, MB", workerd / MB],
            ["peak of the database server, MB", database / MB],
          ],
        },
      ],
      data: { ...imported, workerdPeakBytes: workerd, databasePeakBytes: database },
    });
  } finally {
    await deployment.stop();
  }
}

if (process.argv[1] === import.meta.filename) await main();
