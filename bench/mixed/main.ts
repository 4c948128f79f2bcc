import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { OPERATOR_KEY } from "../deployment.ts";
import { referenceFolder } from "../paths.ts";
import { drawMixed } from "../plots/mixed.ts";
import { seeded } from "../random.ts";
import { summarize } from "../statistics.ts";
import { openWorld } from "../world/world.ts";
import type { Scale, World } from "../world/world.ts";
import { Client } from "./client.ts";
import { drive } from "./drive.ts";
import { slopesOf, watchMemory } from "./memory.ts";
import { kindsOf } from "./mix.ts";
import { minuteRows, reportMixed, routeRows } from "./report.ts";
import type { MixedPlan, MixedResult, Remains } from "./report.ts";
import { takeStock } from "./stock.ts";
import { openDeno, openWorkerd } from "./target.ts";
import type { Target } from "./target.ts";

const { values: OPTIONS } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    warm: { type: "string" },
    rate: { type: "string", default: "100" },
    on: { type: "string", default: "workerd" },
    scale: { type: "string", default: "full" },
    seed: { type: "string", default: "1" },
  },
});
const OPEN: Readonly<Record<string, (world: World) => Promise<Target>>> = {
  workerd: openWorkerd,
  deno: openDeno,
};
/** Of a whole measurement. */
const WHOLE_MINUTES = 30;
const DRAIN_TRIES = 120;

function planOf(): MixedPlan {
  const minutes = Number(OPTIONS.minutes);
  return {
    minutes,
    warmMinutes: Number(OPTIONS.warm ?? (minutes / 3).toFixed(1)),
    bucketSeconds: minutes >= 10 ? 60 : 10,
    perSecond: Number(OPTIONS.rate),
    scale: OPTIONS.scale,
  };
}

/** Waits for what is queued. */
async function drained(client: Client): Promise<Remains> {
  const headers = { authorization: `Bearer ${OPERATOR_KEY}` };
  for (let tries = 0; ; tries++) {
    const remains = await client.json<Remains>({ method: "GET", path: "/v1/admin/backlog", headers });
    if (remains.outbox === 0 || tries === DRAIN_TRIES) return remains;
    await sleep(1_000);
  }
}

async function measure(target: Target, world: World, plan: MixedPlan): Promise<MixedResult> {
  const client = new Client(target.port);
  const random = seeded(Number(OPTIONS.seed));
  const stopped = new AbortController();
  try {
    const stock = await takeStock(client, world);
    const kinds = kindsOf({ world, stock, random, run: `mixed-${Date.now().toString(36)}` });
    console.error(`${target.name}: ${plan.minutes} minutes of ${plan.perSecond} requests/s`);
    const watching = watchMemory(target, plan.bucketSeconds, stopped.signal);
    const driven = await drive(kinds, client, {
      seconds: plan.minutes * 60,
      perSecond: plan.perSecond,
      random,
    }).finally(() => stopped.abort());
    const memory = await watching;
    const minutes = minuteRows(driven, plan);
    return {
      name: target.name,
      sent: driven.sent,
      errors: driven.errors,
      lateness: summarize(driven.lateness),
      minutes,
      routes: routeRows(driven, minutes, kinds),
      memory,
      slopes: slopesOf(memory, plan),
      remains: await drained(client),
    };
  } finally {
    client.close();
  }
}

async function main(): Promise<void> {
  const plan = planOf();
  const world = await openWorld(plan.scale as Scale, referenceFolder());
  for (const name of OPTIONS.on.split(",")) {
    if (!Object.hasOwn(OPEN, name)) throw new Error(`There is no deployment "${name}": workerd, deno`);
    const target = await OPEN[name](world);
    try {
      const result = await measure(target, world, plan);
      const report = `mixed-${name}${plan.minutes >= WHOLE_MINUTES ? "" : "-partial"}`;
      reportMixed(report, { world, plan }, result);
      drawMixed(report);
    } finally {
      await target.stop();
    }
  }
}

await main();
