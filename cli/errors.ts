/** Exit codes: what a script may rely on. */
export const EXIT = { ok: 0, failed: 1, usage: 2, rejected: 3, interrupted: 130 } as const;

/** The command was called in a way that cannot work; nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A backup, or what it is made of or restored to, is not as it has to be; the message says what to do. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** What the service answers instead of doing it (RFC 9457). */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId: string | null;
  errors: readonly { path: string; message: string }[];
  /** What to do, where it is not what the status suggests; empty for nothing. */
  hint?: string;
}

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(problem.detail === "" ? `${problem.title} (${problem.status})` : problem.detail);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer at all. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

const HINTS: Readonly<Record<number, string>> = {
  401: "Give a key by --key, or in VITRINE_KEY (OPERATOR_KEY for the operator's commands), or sign in: vitrine sign-in.",
  403: "Who asks is known, but may not do this.",
};

/** A failure as a person reads it: what happened, which fields, what to do. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return describeProblem(error.problem);
  const isPlain = [UsageError, NetworkError, BackupError].some((kind) => error instanceof kind);
  if (isPlain && error instanceof Error) return error.message;
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function describeProblem(problem: Problem): string {
  const { status, title, detail, errors, requestId } = problem;
  const lines = [detail.startsWith(title) ? detail : detail === "" ? title : `${title}: ${detail}`];
  for (const { path, message } of errors) lines.push(`  ${path}: ${message}`);
  const hint = problem.hint ?? HINTS[status] ?? "";
  if (hint !== "") lines.push(hint);
  if (requestId !== null && status >= 500) lines.push(`Request id: ${requestId}`);
  return lines.join("\n");
}
