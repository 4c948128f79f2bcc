import type { TripObserver } from "../../db/client.ts";
import { AppError } from "../../domain/errors.ts";
import { statementName } from "../../domain/metrics/statement-text.ts";
import type { EndedWork, InvocationTrace } from "../../domain/traces/invocation-trace.ts";
import type { Metrics } from "../../ports/metrics.ts";

/** Counts each round trip by its statements, and traces it. */
export function observedTrips(metrics: Metrics, trace: InvocationTrace): TripObserver {
  return {
    ended({ text, startedMs, ms, rows, error }) {
      const reason = error === null ? null : reasonOf(error);
      metrics.observe("db_trip_duration", {}, ms);
      metrics.statement(text, { ms, rows, isFailed: reason !== null });
      if (reason !== null) metrics.count("db_errors", { reason });
      if (trace.isRecording) trace.part({ ...spanOf(text, rows), kind: "client", startedMs, error: reason });
    },
  };
}

function spanOf(text: string, rows: number): Pick<EndedWork, "name" | "attributes"> {
  const operation = text.includes("; ") ? "BATCH" : (/^\s*(\w+)/.exec(text)?.[1] ?? "SQL").toUpperCase();
  const attributes = {
    "db.system.name": "sqlite",
    "db.operation.name": operation,
    "db.query.text": statementName(text),
    "db.response.returned_rows": rows,
  };
  return { name: operation, attributes };
}

/** Few words: the message may hold values. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return code.startsWith("SQLITE_CONSTRAINT") ? "constraint" : "statement";
}
