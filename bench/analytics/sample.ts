import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildWorker, startDeployment, vitrine } from "../deployment.ts";
import type { Deployment } from "../deployment.ts";
import { dataFolder } from "../paths.ts";
import { writeReport } from "../report.ts";
import { createTenant, walkUsers } from "./tenant.ts";
import type { UserItem } from "./tenant.ts";

const DAY_MS = 86_400_000;

/** Events of each user, counted from the file's lines. */
function countLines(file: string): { byUser: Map<string, number>; newest: number; events: number } {
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const columns = header.split(",");
  const [user, at] = [columns.indexOf("user_id"), columns.indexOf("created_at")];
  const byUser = new Map<string, number>();
  let newest = 0;
  for (const line of lines) {
    const fields = line.split(",");
    byUser.set(fields[user], (byUser.get(fields[user]) ?? 0) + 1);
    newest = Math.max(newest, Date.parse(fields[at]));
  }
  return { byUser, newest, events: lines.length };
}

async function allUsers(deployment: Deployment, key: string): Promise<UserItem[]> {
  return (await walkUsers(deployment.url, key, { org: "sample", sort: "name", limit: 100 })).items;
}

async function untilCounted(deployment: Deployment, key: string, events: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const users = await allUsers(deployment, key);
    if (users.reduce((sum, { activities }) => sum + activities, 0) >= events) return;
    await sleep(200);
  }
  throw new Error("The events are not counted within a minute");
}

async function main(): Promise<void> {
  const folder = dataFolder();
  if (folder === null) throw new Error("Cannot measure: no data folder; set VITRINE_DATA to it");
  const file = join(folder, "events/events.csv.gz");
  const { byUser, newest, events } = countLines(file);
  const deployment = await startDeployment(buildWorker(), { fresh: true, state: "sample" });
  try {
    const key = await createTenant(deployment, "sample");
    // The sample is older than any organisation keeps events: it is moved to yesterday.
    const days = String(Math.floor((Date.now() - newest) / DAY_MS) - 1);
    const options = [
      "--map",
      "path=repo",
      "--type-map",
      "*=activity",
      "--shift-days",
      days,
      "--restart",
      "--quiet",
    ];
    const started = performance.now();
    await vitrine(deployment, ["import-events", file, "--org", "sample", ...options], key);
    const sentSeconds = (performance.now() - started) / 1_000;
    await untilCounted(deployment, key, events);
    const countedSeconds = (performance.now() - started) / 1_000;
    const users = await allUsers(deployment, key);
    const equal = users.filter(({ id, activities }) => byUser.get(id) === activities).length;
    const again = performance.now();
    await vitrine(deployment, ["import-events", file, "--org", "sample", ...options], key);
    const againSeconds = (performance.now() - again) / 1_000;
    await sleep(3_000);
    const total = (await allUsers(deployment, key)).reduce((sum, { activities }) => sum + activities, 0);
    writeReport({
      name: "sample",
      title: "A real sample of events",
      command: "npm run bench sample",
      notes: [
        `Two hours of GitHub's public events (${events.toLocaleString("en-US")} events of ${byUser.size.toLocaleString("en-US")} users), read from a gzipped CSV by the command line, its times moved by ${days} days; every event an activity.`,
        `Users with the count that the file's lines have: ${equal} of ${byUser.size}. After importing the file once more the counts add up to ${total} of ${events}.`,
      ],
      tables: [
        {
          title: "Import",
          columns: ["", "seconds", "events/s"],
          rows: [
            ["sent and durable", sentSeconds, events / sentSeconds],
            ["counted", countedSeconds, events / countedSeconds],
            ["the same file again", againSeconds, events / againSeconds],
          ],
        },
      ],
      data: { events, users: byUser.size, equal, total, sentSeconds, countedSeconds, againSeconds },
    });
  } finally {
    await deployment.stop();
  }
}

await main();
