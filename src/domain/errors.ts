/** Every way a request or a job can fail that is not a bug: a closed union, mapped once to HTTP and once to the queue. */
export const ERROR_CODES = {
  bad_request: { status: 400, title: "The request is malformed" },
  invalid_input: { status: 422, title: "The input is not valid" },
  bad_cursor: { status: 400, title: "The cursor is not valid" },
  bad_filter: { status: 400, title: "The filter is not valid" },
  query_too_long: { status: 400, title: "The query is too long" },
  unauthorized: { status: 401, title: "A credential is required" },
  forbidden: { status: 403, title: "The credential does not allow this" },
  image_quota_exceeded: { status: 403, title: "There is no room for more images" },
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "The method is not allowed" },
  conflict: { status: 409, title: "The request conflicts with the present state" },
  idempotency_conflict: { status: 409, title: "The idempotency key was used with another body" },
  precondition_failed: { status: 412, title: "The resource has changed" },
  body_incomplete: { status: 400, title: "The body is not what was announced" },
  body_too_slow: { status: 408, title: "The body came too slowly" },
  body_too_large: { status: 413, title: "The body is too large" },
  image_too_many_pixels: { status: 413, title: "The image has too many pixels" },
  image_too_complex: { status: 413, title: "The image needs too much memory" },
  unsupported_media_type: { status: 415, title: "The content type is not taken" },
  range_not_satisfiable: { status: 416, title: "There are no such bytes" },
  not_an_image: { status: 422, title: "The file is not an image" },
  image_format_unsupported: { status: 422, title: "The image's format is not taken" },
  image_heic_unsupported: { status: 422, title: "HEIC images are not taken" },
  image_avif_unsupported: { status: 422, title: "AVIF images are not taken" },
  image_kind_unsupported: { status: 422, title: "This kind of the image's format is not taken" },
  image_truncated: { status: 422, title: "The image ends too early" },
  image_corrupt: { status: 422, title: "The image is damaged" },
  digest_mismatch: { status: 422, title: "The body is not the one of the digest" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong" },
  image_not_ready: { status: 503, title: "The image is not ready yet" },
  unavailable: { status: 503, title: "A dependency is not available" },
  overloaded: { status: 503, title: "Too much is asked for at once" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface FieldError {
  /** Where in the input, for example `price.amount` or `line 7`. */
  path: string;
  message: string;
}

export interface ErrorFacts {
  /** One sentence that says what was tried, with quoted values. */
  detail: string;
  errors?: readonly FieldError[];
  retryAfterSeconds?: number;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts | string, cause?: unknown) {
    const known = typeof facts === "string" ? { detail: facts } : facts;
    super(known.detail, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.facts = known;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** Whether something that is needed does not answer, so that what was known last may do. */
export function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === "unavailable";
}
