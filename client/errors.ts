import type { components } from "./schema.ts";

export type Problem = components["schemas"]["Problem"];

/** What the API answered instead of success; `code` is stable and `requestId` finds the request in the server's logs. */
export class VitrineError extends Error {
  readonly code: Problem["code"] | "unknown";
  readonly status: number;
  readonly requestId: string | null;
  readonly errors: readonly { path: string; message: string }[];
  /** How long the server asks to wait before the next try. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, headers: Headers, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}`);
    this.name = "VitrineError";
    this.status = status;
    this.code = problem.code ?? "unknown";
    this.requestId = problem.request_id ?? headers.get("x-request-id");
    this.errors = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds(headers);
  }

  /** Reads the problem of a failed response; one that is no problem+json (from a proxy) has the code `unknown`. */
  static async of(response: Response): Promise<VitrineError> {
    const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
    const body: unknown = isProblem ? await response.json().catch(() => null) : null;
    const problem = typeof body === "object" && body !== null ? (body as Partial<Problem>) : {};
    return new VitrineError(response.status, response.headers, problem);
  }
}

export function retryAfterSeconds(headers: Headers): number | null {
  const value = headers.get("retry-after");
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;
}
