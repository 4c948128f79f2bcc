import type { Context, MiddlewareHandler } from "hono";
import { requestPoint } from "../../domain/metrics/data-point.ts";
import { handOver } from "../../services/operations/hand-over.ts";
import { recordReceipt } from "../../services/operations/record-receipt.ts";
import type { AppEnv } from "../openapi.ts";
import { routePattern } from "./request-log.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Of what no route answers. */
export const NO_ROUTE = "(none)";

/** One of few, however a request calls itself. */
export function knownMethod(method: string): string {
  return METHODS.has(method) ? method : "OTHER";
}

interface Answered {
  method: string;
  route: string;
  status: number;
  startedMs: number;
}

function count({ env }: Context<AppEnv>, { method, route, status, startedMs }: Answered): void {
  const { receipt, isolate, dataPoints } = env;
  const { metrics } = isolate;
  const { cache, dbTrips, kvReads, kvWrites, kvDeletes, blobReads, blobWrites } = receipt;
  const ms = performance.now() - startedMs;
  metrics.count("http_requests", { method, route, status: `${Math.floor(status / 100)}xx` });
  metrics.observe("http_request_duration", { method, route }, ms);
  if (dbTrips > 0) metrics.count("http_db_trips", { method, route }, dbTrips);
  recordReceipt(metrics, receipt);
  if (cache !== null) metrics.count("http_cache", { method, route, outcome: cache });
  const [kv, blobs] = [kvReads + kvWrites + kvDeletes, blobReads + blobWrites];
  dataPoints?.write(requestPoint({ ...receipt, method, route, status, ms, kv, blobs }));
}

function trace({ env }: Context<AppEnv>, { method, route, status, startedMs }: Answered): void {
  const { receipt } = env;
  if (!env.trace.isRecording) return;
  env.trace.end({
    name: `${method} ${route}`,
    kind: "server",
    startedMs,
    // Not the path: it names people and what is theirs.
    attributes: {
      "http.request.method": method,
      "http.route": route,
      "http.response.status_code": status,
      "vitrine.db.trips": receipt.dbTrips,
      ...(receipt.cache === null ? {} : { "vitrine.cache": receipt.cache }),
    },
    error: status >= 500 ? String(status) : null,
  });
}

/** Counts the request by its pattern, and hands over what this isolate has counted, after the response. */
export const requestMetrics: MiddlewareHandler<AppEnv> = async (c, next) => {
  const startedMs = performance.now();
  await next();
  const method = knownMethod(c.req.method);
  const answered = { method, route: routePattern(c) ?? NO_ROUTE, status: c.res.status, startedMs };
  count(c, answered);
  trace(c, answered);
  handOver(c.env);
};
