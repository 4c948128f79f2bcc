import { AppError, type ErrorCode } from "../domain/errors.ts";

/** `enum Failure` of codec/src/codec.h. */
export const FAILURES = {
  memory: 1,
  truncated: 2,
  corrupt: 3,
  unsupported: 4,
  pixels: 5,
  buffered: 6,
  internal: 7,
} as const;
export type Failure = keyof typeof FAILURES;

export const FAILURE_CODES: Readonly<Record<Failure, ErrorCode>> = {
  memory: "image_too_complex",
  truncated: "image_truncated",
  corrupt: "image_corrupt",
  unsupported: "image_kind_unsupported",
  pixels: "image_too_many_pixels",
  buffered: "image_too_complex",
  internal: "internal",
};

const SENTENCES: Readonly<Record<Failure, string>> = {
  memory: "Decoding the image needs more memory than there is",
  truncated: "The image ends before its last row",
  corrupt: "The image is damaged",
  unsupported: "This kind of image is not taken",
  pixels: "The image has too many pixels",
  buffered: "The image cannot be read row by row and is too large to be held",
  internal: "The image codec failed",
};

/** What the module says by its import `fail`; its instance is not used again. */
export class CodecFailure extends Error {
  readonly failure: Failure;

  constructor(number: number, detail: string) {
    super(detail);
    this.name = "CodecFailure";
    this.failure = failureOf(number);
  }
}

function failureOf(number: number): Failure {
  const names = Object.keys(FAILURES) as Failure[];
  return names.find((name) => FAILURES[name] === number) ?? "internal";
}

/**
 * The error a caller sees. `isOfBytes`: a trap came of decoding bytes, so it would come again with the same ones, and counts
 * as their fault.
 */
export function toAppError(error: unknown, isOfBytes: boolean): unknown {
  if (error instanceof CodecFailure) {
    const detail = `${SENTENCES[error.failure]} (${error.message})`;
    return new AppError(FAILURE_CODES[error.failure], detail, error);
  }
  const isTrap = error instanceof WebAssembly.RuntimeError;
  // The engine's stack is used up by the module's calls.
  if (!isTrap && !(error instanceof RangeError)) return error;
  const failure = isOfBytes ? "corrupt" : "internal";
  return new AppError(FAILURE_CODES[failure], SENTENCES[failure], error);
}
