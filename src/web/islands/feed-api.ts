import type { CommentJson, PostJson } from "../../services/posts/wire-post.ts";

/** Why something did not work, as far as it decides what to do. */
export type FailureKind = "offline" | "signed-out" | "busy" | "gone" | "refused" | "broken";

export class FeedFailure extends Error {
  override readonly name = "FeedFailure";
  readonly kind: FailureKind;
  /** As the service asked, of `busy`. */
  readonly retryAfterSeconds: number;

  constructor(kind: FailureKind, detail = "", retryAfterSeconds = 0) {
    super(detail);
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What happened, in a sentence. */
  get words(): string {
    switch (this.kind) {
      case "offline":
        return "You are offline.";
      case "signed-out":
        return "You are signed out.";
      case "busy":
        return `That was a lot in a short time. Try again in ${waitText(this.retryAfterSeconds)}.`;
      case "gone":
        return "It is not there any more.";
      case "refused":
        return this.message;
      case "broken":
        return "The service did not answer. That is our fault, not yours.";
      default:
        return this.kind satisfies never;
    }
  }
}

function waitText(seconds: number): string {
  return seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.max(1, seconds)} seconds`;
}

export interface AskOptions {
  body?: object;
  /** Sent again with the same key, it is done once. */
  idempotencyKey?: string;
  /** Past every cache. */
  isFresh?: boolean;
  signal?: AbortSignal;
}

/** A page of a list as the API answers it. */
export interface PageJson<T> {
  items: readonly T[];
  next_cursor: string | null;
}

export type PostPage = PageJson<PostJson>;
export type CommentPage = PageJson<CommentJson>;

const STANDARD_WAIT_SECONDS = 10;

/** Asks our own API, whose answers are taken as they are documented. Rejects with `FeedFailure`. */
export async function ask<T>(request: string, options: AskOptions = {}): Promise<T> {
  const [method, path = ""] = request.split(" ");
  const { body, idempotencyKey, isFresh = false, signal } = options;
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (idempotencyKey !== undefined) headers["Idempotency-Key"] = idempotencyKey;
  if (isFresh) headers["Cache-Control"] = "no-cache";
  const sent = body === undefined ? null : JSON.stringify(body);
  const init = { method, headers, body: sent, ...(signal === undefined ? {} : { signal }) };
  const response = await fetch(path, init).catch(() => {
    throw new FeedFailure(navigator.onLine ? "broken" : "offline");
  });
  if (!response.ok) throw await failureOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function failureOf(response: Response): Promise<FeedFailure> {
  const { status, headers } = response;
  if (status === 401) return new FeedFailure("signed-out");
  if (status === 404) return new FeedFailure("gone");
  if (status === 429) {
    const seconds = Number(headers.get("Retry-After") ?? STANDARD_WAIT_SECONDS);
    return new FeedFailure("busy", "", Number.isFinite(seconds) ? seconds : STANDARD_WAIT_SECONDS);
  }
  if (status >= 500) return new FeedFailure("broken");
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new FeedFailure("refused", problem.errors?.[0]?.message ?? problem.detail ?? "It was not taken.");
}

interface Problem {
  detail?: string;
  errors?: { message: string }[];
}

export function postPath(id: string, rest = ""): string {
  return `/v1/posts/${encodeURIComponent(id)}${rest}`;
}

export function failureFrom(error: unknown): FeedFailure {
  return error instanceof FeedFailure ? error : new FeedFailure("broken", String(error));
}
