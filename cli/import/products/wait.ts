import { setTimeout as sleep } from "node:timers/promises";
import { record, type Api } from "../../api.ts";
import type { Invocation } from "../../command.ts";
import { NetworkError } from "../../errors.ts";
import { patiently } from "../../patience.ts";

const POLL_MS = 400;
const LIMIT_MS = 20 * 60_000;

type Status = Readonly<Record<string, unknown>>;

/** Polls the state of the index (operator) until `done`; throws after 20 minutes. */
export async function waitForIndex(
  api: Api,
  { signal, err }: Pick<Invocation, "signal" | "err">,
  done: (status: Status) => boolean,
): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  const patience = { signal, onRetry: (reason: string) => err(`Waiting for the index: ${reason}\n`) };
  while (Date.now() < deadline) {
    if (done(record(await patiently(() => api.call({ path: "/v1/admin/index", signal }), patience)))) return;
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new NetworkError(
    `The index was not ready within ${LIMIT_MS / 60_000} minutes: see vitrine index status`,
  );
}

/** Waits until a search sees the last change of the catalogue as it is now. */
export async function waitUntilSearchable(operator: Api, invocation: Invocation): Promise<void> {
  const { latest_seq: target } = record(await operator.call({ path: "/v1/admin/index" }));
  const wanted = Number(target);
  const deadline = Date.now() + LIMIT_MS;
  while (Date.now() < deadline) {
    if ((await searchedSeq(operator)) >= wanted) return;
    await sleep(POLL_MS, undefined, { signal: invocation.signal });
  }
  throw new NetworkError("The products were not searchable in time: see vitrine index status");
}

/** The last change that searches see; `index_version` is `generation.seq`. -1 while there is no complete index. */
async function searchedSeq(api: Api): Promise<number> {
  try {
    const page = record(await api.call({ path: "/v1/search", query: { limit: "1" } }));
    if (page.degraded === true || typeof page.index_version !== "string") return -1;
    return Number(page.index_version.split(".")[1] ?? -1);
  } catch {
    return -1;
  }
}
