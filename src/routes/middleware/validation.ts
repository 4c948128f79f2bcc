import { AppError } from "../../domain/errors.ts";
import type { FieldError } from "../../domain/errors.ts";

const MAX_ERRORS = 20;
const MAX_TEXT = 200;

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Validation = { target: string } & (
  | { success: true }
  | { success: false; error: { issues: readonly Issue[] } }
);

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function fieldError({ path, message }: Issue): FieldError {
  return { path: cut(path.map(String).join(".")), message: cut(message) };
}

/** A failed validation as an error that names each bad field: 422 for a body, 400 for path, query and headers. */
export function invalidInput(target: string, issues: readonly Issue[]): AppError {
  const errors = issues.slice(0, MAX_ERRORS).map(fieldError);
  const isBody = target === "json" || target === "form";
  const place = isBody ? "body" : target === "param" ? "path" : target;
  const first = errors[0];
  const where = first?.path ? ` at "${first.path}"` : "";
  const detail = `The ${place} is not valid${where}: ${first?.message ?? "unknown"}`;
  return new AppError(isBody ? "invalid_input" : "bad_request", { detail, errors });
}

/** The hook of every route: valid input goes on, other input is thrown. */
export function refuseInvalid(result: Validation): void {
  if (!result.success) throw invalidInput(result.target, result.error.issues);
}
