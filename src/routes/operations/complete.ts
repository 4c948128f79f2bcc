import { ERROR_CODES } from "../../domain/errors.ts";
import { isJson } from "../middleware/body.ts";

interface Reference {
  $ref: string;
}

/** An operation of the document, as far as this file reads and completes it. */
export interface Operation {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: unknown[];
  requestBody?: { content?: Record<string, unknown> };
  responses?: Record<string, { description?: string; headers?: Record<string, unknown> } | Reference>;
}

const RESPONSE_HEADERS = {
  "X-Request-Id": { $ref: "#/components/headers/RequestId" },
  "Server-Timing": { $ref: "#/components/headers/ServerTiming" },
  Receipt: { $ref: "#/components/headers/Receipt" },
};

const RETRY_AFTER = { "Retry-After": { $ref: "#/components/headers/RetryAfter" } };

/** Where the same request does well later. */
function waits(status: string | number): boolean {
  return Number(status) === 429 || Number(status) === 503;
}

const TOKEN_HEADER = { "Consistency-Token": { $ref: "#/components/headers/ConsistencyToken" } };

/** The headers that come with responses, and the key that every creating POST takes. */
export const SHARED_HEADERS = {
  RequestId: { description: "Names this request in our logs", schema: { type: "string" as const } },
  ServerTiming: {
    description:
      "What the answer cost: `db` with its round trips, `cache`, `search` and `total`, in milliseconds; the version of the " +
      "`index`, the class of its `cpu` time; and where that tells nothing that the answer hides, rows (`sql`), operations on " +
      "`kv`, `blobs`, `edge` and `queue`, and what answered each of its cache `lookups`",
    schema: { type: "string" as const },
  },
  Receipt: {
    description: "The same as JSON, to a request with `?receipt=1` or the header `Receipt: 1`",
    required: false,
    schema: { type: "string" as const },
  },
  RetryAfter: {
    description: "Seconds to wait before the request is sent again",
    schema: { type: "integer" as const, minimum: 1 },
  },
  ConsistencyToken: {
    description:
      "Opaque. With it the next `GET /v1/feed` shows at least what this answer knows of what you have written. " +
      "A page without posts has none",
    required: false,
    schema: { type: "string" as const },
  },
};

export const IDEMPOTENCY_PARAMETER = {
  name: "Idempotency-Key",
  in: "header" as const,
  description: "For 24 h the same key and body get the same answer, and are done once; another body is a 409",
  schema: { type: "string" as const, minLength: 1, maxLength: 255 },
};

/** One shared problem response for each status, under `#/components/responses/Problem404`. */
export function problemResponses(schema: Reference): Record<string, object> {
  const statuses = [...new Set(Object.values(ERROR_CODES).map(({ status }) => status))];
  const entries = statuses.map((status) => {
    const codes = Object.entries(ERROR_CODES).filter(([, known]) => known.status === status);
    const description = codes.map(([code, { title }]) => `${title} (\`${code}\`)`).join(" · ");
    const headers = waits(status) ? { headers: RETRY_AFTER } : {};
    return [
      `Problem${status}`,
      { description, ...headers, content: { "application/problem+json": { schema } } },
    ];
  });
  return Object.fromEntries(entries);
}

function impliedStatuses(path: string, operation: Operation): number[] {
  // Where there is no room for more, every route refuses.
  const statuses = [500, 503];
  // A credential that is not good is refused there even where none is needed.
  if (/^\/(?:v1|api)\//.test(path)) statuses.push(401, 429);
  if ((operation.security ?? []).length > 0) statuses.push(401, 403, 429);
  if (operation.parameters?.length) statuses.push(400);
  if (operation.requestBody) statuses.push(400, 408, 413, 415);
  if (takesJson(operation)) statuses.push(422);
  return statuses;
}

/** What people do in the feed is counted; its first page says up to which of that it shows. */
function answersToken({ tags, operationId }: Operation, method: string): boolean {
  return tags?.includes("Feed") === true && (method !== "get" || operationId === "getFeed");
}

/** Adds what the conventions bring to every operation, so that no route has to repeat it. */
export function completeOperation(path: string, method: string, operation: Operation): void {
  const responses = (operation.responses ??= {});
  if (method === "post" && takesKey(operation)) {
    (operation.parameters ??= []).push({ $ref: "#/components/parameters/IdempotencyKey" });
    responses["409"] ??= { $ref: "#/components/responses/Problem409" };
  }
  for (const status of impliedStatuses(path, operation)) {
    responses[String(status)] ??= { $ref: `#/components/responses/Problem${status}` };
  }
  const token = answersToken(operation, method) ? TOKEN_HEADER : {};
  for (const [status, response] of Object.entries(responses)) {
    if ("$ref" in response) continue;
    const isRefusal = Number(status) >= 400;
    const own = isRefusal ? (waits(status) ? RETRY_AFTER : {}) : token;
    response.headers = { ...RESPONSE_HEADERS, ...own, ...response.headers };
  }
}

function takesJson({ requestBody }: Operation): boolean {
  return Object.keys(requestBody?.content ?? {}).some(isJson);
}

function takesKey(operation: Operation): boolean {
  return takesJson(operation) && (operation.security ?? []).length > 0;
}
