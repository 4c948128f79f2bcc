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

let page: Promise<readonly string[]> | undefined;

/** Rendered once an isolate: what is the same for everybody takes no time of those who are answered. */
async function pageFor(requestId: string): Promise<string> {
  page ??= messageFor(OVERLOADED.code, PLACE).then((html) => html.split(PLACE));
  return (await page).join(requestId);
}

function count({ isolate, receipt, dataPoints }: Deps, request: Request, asked: Work, reason: Refusal): void {
  const { metrics } = isolate;
  const [method, { route }, { status }] = [knownMethod(request.method), asked, OVERLOADED];
  metrics.count("requests_shed", { reason });
  metrics.count("request_problems", { code: OVERLOADED.code });
  metrics.count("http_requests", { method, route, status: "5xx" });
  if (dataPoints === null) return;
  const { kvReads: kv, blobReads: blobs } = receipt;
  dataPoints.write(requestPoint({ ...receipt, method, route, status, ms: 0, kv, blobs }));
}

function headersOf(request: Request, deps: Deps, asked: Work, requestId: string): Headers {
  const { config, receipt } = deps;
  const headers = new Headers({
    "Content-Type": asked.isPage ? "text/html; charset=UTF-8" : PROBLEM_TYPE,
    "Cache-Control": "no-store",
    "Retry-After": String(RETRY_AFTER_SECONDS),
    "X-Request-Id": requestId,
  });
  secure(headers, config);
  letRead(headers, allowedOrigin(config, request.headers));
  receipt.cpu = asked.cpu;
  headers.set("Server-Timing", renderServerTiming(receipt, 0));
  if (asksForReceipt(request)) headers.set(RECEIPT_HEADER, renderReceipt(receipt, 0, "outline"));
  const parent = parseTraceparent(request.headers.get("traceparent") ?? undefined);
  if (parent !== null) headers.set("traceparent", `00-${parent.id}-${newSpanId()}-${parent.flags}`);
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
