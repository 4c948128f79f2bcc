import type { Context } from "hono";
import { expose } from "../../services/experiments/expose.ts";
import type { Resolved } from "../../services/experiments/resolve.ts";
import type { AppEnv } from "../openapi.ts";

/** Names the answer to who may tell what came of it; only an answer of an experiment has it. */
export const QUERY_ID = "Query-Id";

/** For the `headers` of a documented response. */
export const QUERY_ID_DOCUMENT = {
  [QUERY_ID]: {
    description: "Only of an experiment: names the answer to who tells what came of it, for a day",
    required: false,
    schema: { type: "string" as const },
  },
};

/** Counts the answer for its experiments, which took `ms`; `null` where it is of none. */
export function countAnswer(c: Context<AppEnv>, resolved: Resolved, ms: number): string | null {
  const queryId = expose(c.env, resolved, ms);
  if (queryId !== null) c.header(QUERY_ID, queryId);
  return queryId;
}
