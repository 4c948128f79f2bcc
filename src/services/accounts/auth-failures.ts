import { AppError } from "../../domain/errors.ts";
import type { Log } from "../../ports/log.ts";

/** What Better Auth logs and then answers as something else: the errors of the database below it. */
export class AuthFailures {
  readonly #log: Log;
  readonly #seen: unknown[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** Takes a line of its log; a text may hold an address, so errors alone are written on. */
  note(_message: string, details: readonly unknown[]): void {
    for (const error of details) {
      if (!(error instanceof Error) || "statusCode" in error) continue;
      this.#seen.push(error);
      if (!isTaken(error)) this.#log.warn("auth_failed", { error: error.message });
    }
  }

  /** The failure of a dependency among them. */
  get unavailable(): AppError | undefined {
    return this.#seen.find((error): error is AppError => error instanceof AppError);
  }

  /** Whether a row with the same e-mail address came first. */
  get hasTakenEmail(): boolean {
    return this.#seen.some(isTaken);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes("UNIQUE constraint failed: users.email");
}
