import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, ERROR_CODES } from "../../domain/errors.ts";
import type { ErrorCode } from "../../domain/errors.ts";
import { PROBLEM_TYPE } from "../openapi.ts";
import type { AppEnv } from "../openapi.ts";

const HTTP_CODES: Record<number, ErrorCode> = {
  400: "bad_request",
  413: "body_too_large",
  415: "unsupported_media_type",
};

/** Answers of 503 that are as they should be. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set(["image_not_ready"]);

/** Any thrown value as one of the closed union; what is not known is `internal` with the value as its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof HTTPException ? HTTP_CODES[thrown.status] : undefined;
  if (code !== undefined && thrown instanceof Error) return new AppError(code, thrown.message, thrown);
  return new AppError(
    "internal",
    "Something went wrong on our side; the request id finds it in our logs",
    thrown,
  );
}

/** An error as the body of RFC 9457's `application/problem+json`. */
export function problemBody({ code, facts }: AppError, requestId: string): string {
  const { status, title } = ERROR_CODES[code];
  const { detail, errors } = facts;
  const listed = errors === undefined ? {} : { errors };
  return JSON.stringify({
    type: `/docs#problem-${code}`,
    title,
    status,
    detail,
    code,
    request_id: requestId,
    ...listed,
  });
}

/** An error as RFC 9457 `application/problem+json`, never cached. */
export function problemAnswer(c: Context<AppEnv>, error: AppError): Response {
  const { status } = ERROR_CODES[error.code];
  const { retryAfterSeconds } = error.facts;
  c.header("Content-Type", PROBLEM_TYPE);
  c.header("Cache-Control", "no-store");
  const after = retryAfterSeconds ?? (status === 503 ? 1 : undefined);
  if (after !== undefined) c.header("Retry-After", String(Math.max(1, Math.ceil(after))));
  if (status === 401) c.header("WWW-Authenticate", 'Bearer realm="vitrine"');
  return c.body(problemBody(error, c.get("requestId")), status satisfies ContentfulStatusCode);
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) };
  return { name: error.name, message: error.message, stack: error.stack, ...cause };
}

/** The one map from errors to answers; a bug's stack goes to the log alone. */
export function answerError(thrown: unknown, c: Context<AppEnv>): Response {
  const error = toAppError(thrown);
  c.env.isolate.metrics.count("request_problems", { code: error.code });
  const isOurs = error.status >= 500 && !EXPECTED.has(error.code);
  if (isOurs) c.env.log.error("request failed", { code: error.code, error: describe(thrown) });
  return problemAnswer(c, error);
}
