import type { Context, MiddlewareHandler } from "hono";
import { flushMetrics } from "../../services/operations/flush-metrics.ts";
import { recordReceipt } from "../../services/operations/record-receipt.ts";
import type { AppEnv } from "../openapi.ts";
import { routePattern } from "./request-log.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Of what no route answers. */
const NO_ROUTE = "(none)";

function record(c: Context<AppEnv>, ms: number): void {
  const { receipt, isolate } = c.env;
  const { metrics } = isolate;
  const method = METHODS.has(c.req.method) ? c.req.method : "OTHER";
  const route = routePattern(c) ?? NO_ROUTE;
  metrics.count("http_requests", { method, route, status: `${Math.floor(c.res.status / 100)}xx` });
  metrics.observe("http_request_duration", { method, route }, ms);
  if (receipt.dbTrips > 0) metrics.count("http_db_trips", { method, route }, receipt.dbTrips);
  recordReceipt(metrics, receipt);
  if (receipt.cache !== null) metrics.count("http_cache", { method, route, outcome: receipt.cache });
}

/** Counts the request by its pattern, and hands over what this isolate has counted, after the response. */
export const requestMetrics: MiddlewareHandler<AppEnv> = async (c, next) => {
  const started = performance.now();
  await next();
  record(c, performance.now() - started);
  flushMetrics(c.env);
};
