import { count } from "../dashboard/format.ts";
import type { OpsMetrics } from "./view.ts";
import { rate } from "./words.ts";

const OPERATIONS: Readonly<Record<string, string>> = {
  kv_read: "KV reads",
  kv_write: "KV writes",
  kv_delete: "KV deletes",
  blob_read: "R2 reads",
  blob_write: "R2 writes",
  edge_read: "Cache API reads",
  edge_write: "Cache API writes",
  message: "Queue messages",
};

/** What stores, caches and queues were asked for: what a platform bills. */
export function StoresPanel({ metrics: { counters, requests } }: { metrics: OpsMetrics }) {
  const made = counters.filter(({ name, value }) => name === "platform_operations" && value > 0);
  return (
    <section class="panel" aria-labelledby="stores-title">
      <h2 id="stores-title">Stores and queues</h2>
      {made.length === 0 ? (
        <p class="note">None was asked for anything in these minutes.</p>
      ) : (
        <table class="numbers ops-rows">
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col">Made</th>
              <th scope="col">Per 1,000 requests</th>
            </tr>
          </thead>
          <tbody>
            {made
              .toSorted((a, b) => b.value - a.value)
              .map(({ labels, value }) => (
                <tr>
                  <th scope="row">{OPERATIONS[labels.operation] ?? labels.operation}</th>
                  <td>{count(value)}</td>
                  <td>{requests.requests === 0 ? "–" : rate((1_000 * value) / requests.requests)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
