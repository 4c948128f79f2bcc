import { record, type Api } from "../../api.ts";
import { ApiError } from "../../errors.ts";

const DAY_MS = 86_400_000;

/** From when on an organisation keeps events. */
export interface Retention {
  days: number;
  /** Milliseconds since the epoch: the beginning of a day in UTC. */
  since: number;
}

/** What the organisation keeps, so that older lines need no journey; `null` where the credential may not see it. */
export async function retentionOf(api: Api, org: string): Promise<Retention | null> {
  const path = `/v1/orgs/${encodeURIComponent(org)}/analytics-settings`;
  try {
    const { retention_days: days } = record(await api.call({ path }));
    if (typeof days !== "number") return null;
    return { days, since: (Math.floor(Date.now() / DAY_MS) - days) * DAY_MS };
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 403) return null;
    throw error;
  }
}
