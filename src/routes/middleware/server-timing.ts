import type { Context, MiddlewareHandler } from "hono";
import { budgetOf } from "../budget.ts";
import type { AppEnv } from "../openapi.ts";
import { PAGE_BUDGETS } from "../pages/budgets.ts";
import type { OperationOf } from "./operation-table.ts";
import { renderReceipt, renderServerTiming } from "./receipt-text.ts";
import type { ReceiptView } from "./receipt-text.ts";
import { routePattern } from "./request-log.ts";

export const RECEIPT_HEADER = "Receipt";

/** Where every answer is about what the asker may see in full: nothing is left out of it for anyone else's sake. */
const WHOLE_TAGS = new Set([
  "Search",
  "Catalogue",
  "Organisations",
  "Events",
  "Analytics",
  "Webhooks",
  "Pictures",
  "Operations",
]);

/**
 * A refusal must not tell whether there is a thing that one may not see, nor a page of the feed who hides from its reader, nor
 * an upload who else has the picture: of those, the outline alone. The operator may see everything.
 */
function viewOf(c: Context<AppEnv>, tags: readonly string[]): ReceiptView {
  if (c.get("actor")?.kind === "operator") return "whole";
  return c.res.status < 400 && tags.length > 0 && tags.every((tag) => WHOLE_TAGS.has(tag))
    ? "whole"
    : "outline";
}

/** The parts of the query of an address that has one, as they stand in it. */
function queryParts(url: string): string[] {
  return url.slice(url.indexOf("?") + 1).split("&");
}

/** Whether `request` asks for its receipt as JSON. */
export function asksForReceipt({ url, headers }: Request): boolean {
  if (headers.get(RECEIPT_HEADER) === "1") return true;
  return url.includes("receipt=1") && queryParts(url).includes("receipt=1");
}

/** Takes `receipt` out of the address: no route, cache, key or entity tag knows of it. */
function forgetQuestion(c: Context<AppEnv>): void {
  const { url, raw } = c.req;
  if (!url.includes("receipt=")) return;
  const parts = queryParts(url);
  const others = parts.filter((part) => !part.startsWith("receipt="));
  if (others.length === parts.length) return;
  const start = url.indexOf("?") + 1;
  const rest = others.length === 0 ? url.slice(0, start - 1) : url.slice(0, start) + others.join("&");
  c.req.raw = new Request(rest, raw);
}

/** Tells what the answer has cost: in `Server-Timing`, and to who asks for it as JSON in `Receipt`. */
export function serverTiming(operationOf: OperationOf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now();
    const isAsked = asksForReceipt(c.req.raw);
    forgetQuestion(c);
    await next();
    const { receipt } = c.env;
    const operation = operationOf(c);
    const budget = budgetOf(operation ?? PAGE_BUDGETS[`${c.req.method} ${routePattern(c)}`]);
    receipt.cpu = budget?.cpu ?? null;
    const view = viewOf(c, operation?.tags ?? []);
    const totalMs = performance.now() - started;
    c.res.headers.set("Server-Timing", renderServerTiming(receipt, totalMs, view));
    if (isAsked) c.res.headers.set(RECEIPT_HEADER, renderReceipt(receipt, totalMs, view));
  };
}
