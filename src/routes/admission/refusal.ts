import type { Config } from "../../config.ts";
import type { Deps } from "../../deps.ts";
import type { Refusal } from "../../domain/admission.ts";
import { AppError } from "../../domain/errors.ts";
import { uuidv7 } from "../../domain/ids.ts";
import { requestPoint } from "../../domain/metrics/data-point.ts";
import { newSpanId, parseTraceparent } from "../../domain/traces/trace-context.ts";
import { handOver } from "../../services/operations/hand-over.ts";
import { allowedOrigin, letRead } from "../middleware/cross-origin.ts";
import { problemBody } from "../middleware/problem.ts";
import { renderReceipt, renderServerTiming } from "../middleware/receipt-text.ts";
import { saneRequestId } from "../middleware/request-identity.ts";
import { knownMethod } from "../middleware/request-metrics.ts";
import { secure } from "../middleware/secure-headers.ts";
import { asksForReceipt, RECEIPT_HEADER } from "../middleware/server-timing.ts";
import { PROBLEM_TYPE } from "../openapi.ts";
import { messageFor } from "../pages/messages.tsx";
import type { Work } from "./work.ts";

const RETRY_AFTER_SECONDS = 1;
const OVERLOADED = new AppError("overloaded", {
  detail: "More is asked for at this moment than can be answered in time",
  retryAfterSeconds: RETRY_AFTER_SECONDS,
});
/** Where the page says which request it was. */
const PLACE = "the-request";

let page: readonly string[] | undefined;

/** Rendered once an isolate: what is the same for everybody takes no time of those who are answered. */
async function pageFor(requestId: string): Promise<string> {
  page ??= (await messageFor(OVERLOADED.code, PLACE)).split(PLACE);
  return page.join(requestId);
}

function count({ isolate, receipt, dataPoints }: Deps, request: Request, asked: Work, reason: Refusal): void {
  const { metrics } = isolate;
  const method = knownMethod(request.method);
  const { route } = asked;
  const { code, status } = OVERLOADED;
  metrics.count("requests_shed", { reason });
  metrics.count("request_problems", { code });
  metrics.count("http_requests", { method, route, status: "5xx" });
  dataPoints?.write(requestPoint({ ...receipt, method, route, status, ms: 0, kv: 0, blobs: 0 }));
}

interface Standing {
  isPage: boolean;
  environment: Config["environment"];
  /** Of the settings alone, so that there are few. */
  readableBy: string | null;
}

const standing = new Map<string, Readonly<Record<string, string>>>();

/** The headers that no request changes, made once an isolate. */
function standingHeaders({ isPage, environment, readableBy }: Standing): Readonly<Record<string, string>> {
  const key = `${environment} ${isPage} ${readableBy}`;
  const known = standing.get(key);
  if (known !== undefined) return known;
  const headers = new Headers({
    "Content-Type": isPage ? "text/html; charset=UTF-8" : PROBLEM_TYPE,
    "Cache-Control": "no-store",
    "Retry-After": String(RETRY_AFTER_SECONDS),
  });
  secure(headers, { environment });
  letRead(headers, readableBy);
  const made = Object.fromEntries(headers);
  standing.set(key, made);
  return made;
}

function headersOf(request: Request, deps: Deps, asked: Work, requestId: string): Record<string, string> {
  const { config, receipt } = deps;
  const readableBy = allowedOrigin(config, request.headers);
  const headers: Record<string, string> = {
    ...standingHeaders({ isPage: asked.isPage, environment: config.environment, readableBy }),
    "x-request-id": requestId,
  };
  receipt.cpu = asked.cpu;
  headers["server-timing"] = renderServerTiming(receipt, 0);
  if (asksForReceipt(request)) headers[RECEIPT_HEADER] = renderReceipt(receipt, 0, "outline");
  const parent = parseTraceparent(request.headers.get("traceparent") ?? undefined);
  if (parent !== null) headers.traceparent = `00-${parent.id}-${newSpanId()}-${parent.flags}`;
  return headers;
}

/**
 * A 503 with all that every answer carries, made of little: it is counted, and writes no line and no span, as each would cost
 * more than the refusal.
 */
export function refuse(
  request: Request,
  deps: Deps,
  { asked, reason }: { asked: Work; reason: Refusal },
): Response | Promise<Response> {
  count(deps, request, asked, reason);
  handOver(deps);
  const requestId = saneRequestId(request.headers.get("x-request-id")) ?? uuidv7(deps.clock);
  const { status } = OVERLOADED;
  const init = { status, headers: headersOf(request, deps, asked, requestId) };
  if (request.method === "HEAD") return new Response(null, init);
  if (!asked.isPage) return new Response(problemBody(OVERLOADED, requestId), init);
  return pageFor(requestId).then((html) => new Response(html, init));
}
