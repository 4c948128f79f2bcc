import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";

/** What bringing the index up to date may touch. */
export type FollowCtx = Pick<Deps, "db" | "blobs" | "isolate" | "clock" | "log" | "lifetime" | "jobs">;

/** Names the state an answer was computed from: the generation and the last change applied to it. */
export function versionOf(generation: number, seq: number): string {
  return `${generation}.${seq}`;
}

/** The version of an answer: synonyms decide on it too, once there are any. */
export function withSynonyms(version: string, synonymsVersion: number): string {
  return synonymsVersion === 0 ? version : `${version}.${synonymsVersion}`;
}

/** The error for a search that has no index to search in. */
export function indexUnavailable(cause?: unknown): AppError {
  return new AppError(
    "unavailable",
    { detail: "The search index is not loaded yet", retryAfterSeconds: 1 },
    cause,
  );
}
