import type { TripObserver } from "../../db/client.ts";
import { AppError } from "../../domain/errors.ts";
import type { Metrics } from "../../ports/metrics.ts";

/** Counts each round trip by its statements. */
export function observedTrips(metrics: Metrics): TripObserver {
  return {
    ended({ text, ms, error }) {
      metrics.observe("db_trip_duration", {}, ms);
      metrics.statement(text, ms, error !== null);
      if (error !== null) metrics.count("db_errors", { reason: reasonOf(error) });
    },
  };
}

/** Few words: the message may hold values. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return code.startsWith("SQLITE_CONSTRAINT") ? "constraint" : "statement";
}
