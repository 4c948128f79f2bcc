import { count } from "../dashboard/format.ts";
import { Stack } from "./bars.tsx";
import type { OpsMetrics } from "./view.ts";
import { percentage } from "./words.ts";

/** From the nearest on; `fill` is what no tier had. */
const PARTS = [
  ["memory", "isolate"],
  ["edge", "data centre"],
  ["kv", "KV"],
  ["stale", "stale"],
  ["fill", "made anew"],
] as const;
type Part = (typeof PARTS)[number][0];

interface Cache {
  name: string;
  looks: number;
  parts: Record<Part, number>;
}

/** Which tier answered the looks into each cache. */
export function CachesPanel({ metrics }: { metrics: OpsMetrics }) {
  const known = cachesOf(metrics);
  return (
    <section class="panel" aria-labelledby="caches-title">
      <h2 id="caches-title">Caches</h2>
      {known.length === 0 ? (
        <p class="note">No cache was looked into in these minutes.</p>
      ) : (
        <>
          <p class="legend">
            {PARTS.filter(([part]) => known.some(({ parts }) => parts[part] > 0)).map(([part, name]) => (
              <span class={`key key-bars ops-key-${part}`}>{name}</span>
            ))}
          </p>
          <CacheTable rows={known} />
        </>
      )}
    </section>
  );
}

function CacheTable({ rows }: { rows: readonly Cache[] }) {
  return (
    <table class="numbers ops-rows">
      <thead>
        <tr>
          <th scope="col">Cache</th>
          <th scope="col">Hit rate</th>
          <th scope="col">Looks</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, looks, parts }) => (
          <tr>
            <th scope="row">
              {name}
              <Stack parts={PARTS.map(([part]) => [part, parts[part]] as const)} />
              <span class="visually-hidden">{wordsOf(parts)}</span>
            </th>
            <td>{percentage(1 - parts.fill / looks)}</td>
            <td>{count(looks)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function wordsOf(parts: Cache["parts"]): string {
  const told = PARTS.filter(([part]) => parts[part] > 0);
  return told.map(([part, name]) => `${name} ${count(parts[part])}`).join(", ");
}

/** The most used first. */
function cachesOf(metrics: OpsMetrics): Cache[] {
  const found = new Map<string, Cache>();
  for (const { namespace: name, tier, hits, stale, misses } of metrics.caches) {
    const none = { memory: 0, edge: 0, kv: 0, stale: 0, fill: 0 };
    const cache = found.get(name) ?? { name, looks: 0, parts: none };
    cache.looks += hits + stale + misses;
    cache.parts.stale += stale;
    cache.parts.fill += misses;
    if (tier === "memory" || tier === "edge" || tier === "kv") cache.parts[tier] += hits;
    found.set(name, cache);
  }
  return [...found.values()].filter(({ looks }) => looks > 0).sort((a, b) => b.looks - a.looks);
}
