import { writeReport } from "../report.ts";
import type { World } from "../world/world.ts";
import type { Reckoning } from "./ledger.ts";
import type { JobFigures, StepFigures } from "./measured.ts";
import { JOB_NAMES } from "./steps.ts";

const RECOVERY_GOAL_MS = 5_000;

export interface LadderPlan {
  seconds: number;
  recoverySeconds: number;
  perSecond: number;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(part === whole ? 0 : 1)} %`;
}

function availability({ asked, answered, marked, failed }: JobFigures): string {
  if (asked === 0) return "–";
  const notes = [
    ...(marked > 0 ? [`${percent(marked, answered)} marked`] : []),
    ...(failed > 0 ? [`**${failed} failed**`] : []),
  ];
  return percent(answered, asked) + (notes.length > 0 ? ` (${notes.join(", ")})` : "");
}

function times({ asked, p50, p99 }: JobFigures): string {
  return asked === 0 ? "–" : `${p50.toFixed(0)} / ${p99.toFixed(0)}`;
}

/** Whether all goals are held. */
export function reportLadder(
  name: string,
  { world, plan }: { world: World; plan: LadderPlan },
  { steps, events }: { steps: readonly StepFigures[]; events: Reckoning },
): boolean {
  const by = (show: (job: JobFigures) => string) =>
    steps.map((step) => [step.name, ...JOB_NAMES.map((job) => show(step.jobs[job]))]);
  const { taken, deferred, recorded, missing, pageViews, counted } = events;
  writeReport({
    name,
    title: "What is answered while stores fail",
    command: "npm run bench ladder",
    versions: ["deno", "libsql", "hono"],
    notes: [
      `The Deno deployment in one process, with its database behind a proxy on a server of libSQL. All four jobs without uploads, ${plan.perSecond} requests/s at random times (${world.label}, ${world.products.toLocaleString("en-US")} products). Each step fails for ${plan.seconds} s; then ${plan.recoverySeconds} s of the same load as it recovers. Before, each person's feed, each product and each page of the dashboard was seen once.`,
      `Answered is below 400, a 202 for later among them; marked of those what says that it is old (\`Warning\`), lacks something (\`degraded\`) or is done later (\`deferred\`). The rest is a 503 with \`Retry-After\`, unless it says failed.`,
      `Recovery is the time from a store's return to the end of the last answer that was refused or marked; goal ${RECOVERY_GOAL_MS / 1_000} s.`,
    ],
    tables: [
      { title: "Answered, by what fails", columns: ["", ...JOB_NAMES], rows: by(availability) },
      { title: "p50 / p99 of all answers, ms", columns: ["", ...JOB_NAMES], rows: by(times) },
      {
        title: "Recovery, s",
        columns: ["", "s"],
        rows: steps.map(({ name: step, recoveryMs }) => [step, recoveryMs / 1_000]),
      },
      {
        title: "Events, each once",
        columns: ["taken", "of them deferred", "missing", "recorded", "page views of them", "counted"],
        rows: [[taken, deferred, missing, recorded, pageViews, counted]],
      },
    ],
    data: { plan, steps, events },
  });
  const isExact = missing === 0 && pageViews === counted;
  return isExact && steps.every(({ recoveryMs }) => recoveryMs <= RECOVERY_GOAL_MS);
}
