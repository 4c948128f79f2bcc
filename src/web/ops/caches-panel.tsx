import { count } from "../dashboard/format.ts";
import { Stack } from "./bars.tsx";
import type { OpsMetrics } from "./view.ts";
import { percentage, rate } from "./words.ts";

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

const OPERATIONS: Readonly<Record<string, string>> = {
  kv_read: "KV reads",
  kv_write: "KV writes",
  kv_delete: "KV deletes",
  blob_read: "R2 reads",
  blob_write: "R2 writes",
  edge_read: "Cache API reads",
  edge_write: "Cache API writes",
  message: "queue messages",
};

/** Which tier answered the looks into each cache, and what stores and queues were asked for. */
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
      <h3 class="ops-sub">Stores and queues</h3>
      <p class="ops-facts">{operationsOf(metrics)}</p>
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

function operationsOf({ counters, requests }: OpsMetrics): string {
  const made = counters.filter(({ name, value }) => name === "platform_operations" && value > 0);
  if (made.length === 0) return "None was asked for anything.";
  const each = (value: number): string =>
    requests.requests === 0 ? "" : ` (${rate(value / requests.requests)} a request)`;
  return made
    .toSorted((a, b) => b.value - a.value)
    .map(
      ({ labels, value }) =>
        `${count(value)} ${OPERATIONS[labels.operation] ?? labels.operation}${each(value)}`,
    )
    .join(" · ");
}
