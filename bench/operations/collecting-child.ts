import type { MemoryDeps } from "../../src/platform/memory/open.ts";
import type { App } from "../../src/routes/openapi.ts";
import { openShop, type Shop } from "../gate/shop.ts";
import { drawSteadily } from "../gate/steady.ts";
import { loadTree, type Tree } from "../gate/tree.ts";
import { ROOT } from "../paths.ts";
import { type Arm, ARMS, overridesOf } from "./arms.ts";

export interface Turn {
  scenario: string;
  arm: Arm;
  round: number;
  requests: number;
  cpuMs: number;
  /** Of each request, in milliseconds. */
  latencies: number[];
}

const [collectorUrl, rounds, requests] = process.argv.slice(2);
/** As if requests came at this rate: so often the second of a flush comes round. */
const CLOCK_MS = 1;

type Ask = (number: number) => string;

function scenariosOf({ products }: Shop): Record<string, Ask> {
  return {
    "GET /healthz": () => "/healthz",
    "a product": (number) => `/v1/products/${products[number % products.length].id}`,
    "a cached search": () => "/v1/search?q=lamp",
    "a search": (number) =>
      `/v1/search?q=${encodeURIComponent(`${products[number % products.length].title} ${number}`)}`,
  };
}

type Place = Pick<Shop, "platform"> & { tree: Tree; app: App };

async function request({ platform, tree, app }: Place, path: string, overrides: Partial<MemoryDeps>) {
  const deps = tree.open.openMemoryDeps(platform, overrides);
  const started = performance.now();
  const response = await app.fetch(new Request(`https://shop.example${path}`), deps);
  await response.text();
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return { ms: performance.now() - started, after: deps.lifetime };
}

/** One request after the other; what they leave to be done is done within the turn. */
async function turn(
  place: Place,
  ask: Ask,
  arm: Arm,
  from: number,
): Promise<Pick<Turn, "cpuMs" | "latencies">> {
  const overrides = overridesOf(arm, place.platform, collectorUrl);
  const [latencies, left]: [number[], MemoryDeps["lifetime"][]] = [[], []];
  const before = process.cpuUsage();
  for (let i = 0; i < Number(requests); i++) {
    const { ms, after } = await request(place, ask(from + i), overrides());
    latencies.push(ms);
    if (after.pending > 0) left.push(after);
    place.platform.clock.advance(CLOCK_MS);
  }
  await Promise.all(left.map((lifetime) => lifetime.settle()));
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, latencies };
}

async function main(): Promise<void> {
  drawSteadily(1);
  const tree = await loadTree(ROOT);
  const shop = await openShop(tree);
  const place = { platform: shop.platform, tree, app: tree.app.createApp() };
  let number = 0;
  for (let round = -1; round < Number(rounds); round++) {
    for (const [scenario, ask] of Object.entries(scenariosOf(shop))) {
      // The other way round in every second round: what drifts falls on all alike.
      const arms = round % 2 === 0 ? ARMS : ARMS.toReversed();
      for (const arm of arms) {
        const found = await turn(place, ask, arm, (number += Number(requests)));
        const told: Turn = { scenario, arm, round, requests: Number(requests), ...found };
        if (round >= 0) console.log(JSON.stringify(told));
      }
    }
  }
  shop.platform.close();
}

await main();
