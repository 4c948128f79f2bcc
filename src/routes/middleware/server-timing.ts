import type { MiddlewareHandler } from "hono";
import type { Receipt } from "../../ports/receipt.ts";
import type { AppEnv } from "../openapi.ts";

function milliseconds(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** The receipt as W3C Server-Timing; times in milliseconds. Of a private one, the whole time alone. */
export function renderServerTiming(receipt: Receipt, totalMs: number): string {
  const total = `total;dur=${milliseconds(totalMs)}`;
  if (receipt.isPrivate) return total;
  const trips = receipt.dbTrips === 1 ? "1 trip" : `${receipt.dbTrips} trips`;
  const parts = [`db;dur=${milliseconds(receipt.dbMs)};desc="${trips}"`];
  if (receipt.rowsLooked !== null) parts.push(`rows;desc="${receipt.rowsLooked}"`);
  if (receipt.cache !== null) parts.push(`cache;desc="${receipt.cache}"`);
  if (receipt.searchMs !== null) parts.push(`search;dur=${milliseconds(receipt.searchMs)}`);
  return [...parts, total].join(", ");
}

export const serverTiming: MiddlewareHandler<AppEnv> = async (c, next) => {
  const started = performance.now();
  await next();
  c.res.headers.set("Server-Timing", renderServerTiming(c.env.receipt, performance.now() - started));
};
