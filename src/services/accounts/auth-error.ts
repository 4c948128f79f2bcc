import { AppError } from "../../domain/errors.ts";
import type { AuthFailures } from "./auth-failures.ts";

/** What Better Auth throws: `statusCode`, and a stable `code` in its body. */
interface ApiError extends Error {
  statusCode: number;
  body?: { code?: string };
}

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid_input", { detail: message, errors: [{ path, message }] });
}

const ERRORS: Readonly<Record<string, () => AppError>> = {
  INVALID_EMAIL_OR_PASSWORD: () =>
    new AppError("unauthorized", "The e-mail address or the password is wrong"),
  EMAIL_NOT_VERIFIED: () =>
    new AppError("forbidden", "Confirm your e-mail address first: the link has been sent again"),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: () => emailTaken(),
  INVALID_TOKEN: () => linkInvalid(),
  TOKEN_EXPIRED: () => linkInvalid(),
  USER_NOT_FOUND: () => linkInvalid(),
  INVALID_EMAIL: () => invalid("email", "Expected an e-mail address"),
  PASSWORD_TOO_SHORT: () => invalid("password", "Expected at least 8 characters"),
  PASSWORD_TOO_LONG: () => invalid("password", "Expected at most 128 characters"),
};

export function emailTaken(): AppError {
  return new AppError("conflict", "There is an account with this e-mail address");
}

export function linkInvalid(): AppError {
  return new AppError("bad_request", "The link is not valid, was used before, or has expired");
}

/** What Better Auth threw as one of our errors; what is no answer of its own comes through as it is. */
export function toAuthError(error: unknown, failures: AuthFailures): unknown {
  if (failures.unavailable !== undefined) return failures.unavailable;
  if (failures.hasTakenEmail) return emailTaken();
  if (!isApiError(error)) return error;
  const known = ERRORS[error.body?.code ?? ""];
  if (known !== undefined) return known();
  if (error.statusCode >= 500) return error;
  return new AppError("bad_request", "The request is not one that accounts take", error);
}
