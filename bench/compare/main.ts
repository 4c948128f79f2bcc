import { parseArgs } from "node:util";
import type { Servers } from "../deno-servers.ts";
import { referenceFolder } from "../paths.ts";
import { drawCompare } from "../plots/compare.ts";
import { drawMemory } from "../plots/memory.ts";
import { memoryOf } from "../processes.ts";
import { serveDeno, serveWorkerd } from "../world/serve.ts";
import { openWorld } from "../world/world.ts";
import type { Scale, World } from "../world/world.ts";
import { dashboardContenders, feedContenders, referenceContenders, searchContenders } from "./contenders.ts";
import type { Contender } from "./contenders.ts";
import { compareImages, photosOf } from "./images.ts";
import { reportComparison } from "./report.ts";
import type { Comparison } from "./results.ts";
import { missingFor, pythonPackages, serveReference, THEIRS } from "./rivals.ts";
import type { Job } from "./rivals.ts";
import { runRounds } from "./rounds.ts";
import type { RoundPlan } from "./rounds.ts";

const { values: OPTIONS } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "search,dashboard,feed,images" },
    rounds: { type: "string" },
    seconds: { type: "string" },
  },
});
/** As many as the reference gives to gunicorn. */
const PROCESSES = 2;
const JOBS: readonly Job[] = ["search", "dashboard", "feed"];

interface Plan extends RoundPlan {
  scale: Scale;
  photos: number;
}

function planOf(): Plan {
  const preset: Plan = OPTIONS.quick
    ? { scale: "small", rounds: 2, seconds: 1, photos: 4 }
    : { scale: "full", rounds: 3, seconds: 3, photos: 40 };
  return {
    ...preset,
    rounds: Number(OPTIONS.rounds ?? preset.rounds),
    seconds: Number(OPTIONS.seconds ?? preset.seconds),
  };
}

const FIND: Record<Job, (world: World, ours: Record<string, Servers>) => Contender[] | Promise<Contender[]>> =
  {
    search: searchContenders,
    dashboard: dashboardContenders,
    feed: feedContenders,
  };

/** A job's servers side by side, each alive while the others are asked. */
async function compareJob(
  job: Job,
  world: World,
  { plan, reference }: { plan: Plan; reference: string | null },
): Promise<Pick<Comparison, "results" | "memory">> {
  const servers: Record<string, Servers> = {};
  try {
    servers["Vitrine on Deno"] = await serveDeno(world, PROCESSES);
    servers["Vitrine in workerd"] = await serveWorkerd(world, PROCESSES);
    const ours = await FIND[job](world, { ...servers });
    if (reference !== null) servers[THEIRS] = await serveReference(reference, job, plan.scale);
    const theirs = reference === null ? [] : referenceContenders(job, world, servers[THEIRS]);
    const results = await runRounds([...ours, ...theirs], plan);
    const memory = Object.entries(servers).map(([name, { pids }]) => ({ job, name, ...memoryOf(pids) }));
    return { results, memory };
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
}

async function main(): Promise<void> {
  const plan = planOf();
  const folder = referenceFolder();
  const packages = folder === null ? {} : await pythonPackages(folder);
  const lacks = (job: Job | "images"): string[] => (folder === null ? [] : missingFor(job, packages));
  const wanted = OPTIONS.only.split(",");
  const world = await openWorld(plan.scale, folder);
  const found: Comparison = { results: [], images: [], memory: [], absent: [] };
  if (folder === null)
    found.absent.push("The reference's folder is absent (VITRINE_REFERENCE): ours alone, on generated data.");
  for (const job of JOBS.filter((one) => wanted.includes(one))) {
    const missing = lacks(job);
    if (missing.length > 0)
      found.absent.push(`No rivals of the ${job}: the Python packages ${missing.join(", ")} are absent.`);
    const reference = missing.length > 0 ? null : folder;
    const { results, memory } = await compareJob(job, world, { plan, reference });
    found.results.push(...results);
    found.memory.push(...memory);
  }
  if (wanted.includes("images")) {
    const missing = lacks("images");
    const hasRivals = folder !== null && missing.length === 0;
    if (missing.length > 0) found.absent.push("No rivals of the images: Pillow is absent.");
    const photos = photosOf(hasRivals ? folder : null, plan.photos);
    found.images = await compareImages(photos, { rounds: plan.rounds, hasRivals });
  }
  const isWhole = OPTIONS.rounds === undefined && OPTIONS.seconds === undefined && wanted.length === 4;
  const isKept = isWhole && folder !== null && !OPTIONS.quick;
  const name = isKept ? "compare" : "compare-partial";
  reportComparison(name, world, { plan, packages, found });
  drawCompare(name);
  drawMemory(name);
}

await main();
