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
export type FailureName = keyof typeof FAILURES;

const CODES: Readonly<Record<FailureName, ErrorCode>> = {
  memory: "image_too_complex",
  truncated: "image_truncated",
  corrupt: "image_corrupt",
  unsupported: "image_kind_unsupported",
  pixels: "image_too_many_pixels",
  buffered: "image_too_complex",
  internal: "internal",
};

/** What the module threw by its import `fail`; the instance it came from is not used again. */
export class CodecFailure extends Error {
  readonly failure: FailureName;

  constructor(number: number, detail: string) {
    const failure = nameOf(number);
    super(`The image codec failed (${failure}): ${detail}`);
    this.name = "CodecFailure";
    this.failure = failure;
  }
}

function nameOf(number: number): FailureName {
  const names = Object.keys(FAILURES) as FailureName[];
  return names.find((name) => FAILURES[name] === number) ?? "internal";
}

/**
 * The error a caller sees. A trap or a wrong call is a fault of the codec that some file has found: of the file, too, as
 * it would come again with the same bytes.
 */
export function toAppError(error: unknown): unknown {
  if (error instanceof CodecFailure) return new AppError(CODES[error.failure], error.message, error);
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    return new AppError("image_corrupt", `Cannot decode the image: ${error.message}`, error);
  }
  return error;
}
