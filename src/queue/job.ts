import { AppError } from "../domain/errors.ts";
import { parseTraceparent } from "../domain/traces/trace-context.ts";
import type { Job, JobOrigin } from "../ports/jobs.ts";

/** A job from a message's body; `invalid_input` for anything else, since a queue may hold what another version sent. */
export function decodeJob(body: unknown): Job {
  if (typeof body !== "object" || body === null)
    throw new AppError("invalid_input", "The message is not an object");
  const { id, kind, payload } = body as Record<string, unknown>;
  if (typeof id !== "string" || typeof kind !== "string") {
    throw new AppError("invalid_input", "The message has no id or no kind");
  }
  if (typeof payload !== "object" || payload === null) {
    throw new AppError("invalid_input", `The job "${id}" has no payload`);
  }
  const fields: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value !== "string" && typeof value !== "number") {
      throw new AppError(
        "invalid_input",
        `The payload field "${name}" of job "${id}" is not a string or number`,
      );
    }
    fields[name] = value;
  }
  return { id, kind, payload: fields, ...extrasOf(body) };
}

/** What older versions did not send, and what is worth no job where it is wrong. */
function extrasOf(body: object): Pick<Job, "origin" | "dueAt"> {
  const { origin, dueAt } = body as Record<string, unknown>;
  return {
    ...(isOrigin(origin) ? { origin: { requestId: origin.requestId, traceparent: origin.traceparent } } : {}),
    ...(typeof dueAt === "number" && Number.isFinite(dueAt) ? { dueAt } : {}),
  };
}

function isOrigin(value: unknown): value is JobOrigin {
  if (typeof value !== "object" || value === null) return false;
  const { requestId, traceparent } = value as Record<string, unknown>;
  if (typeof requestId !== "string" || typeof traceparent !== "string") return false;
  return /^[\w.:-]{1,128}$/.test(requestId) && parseTraceparent(traceparent) !== null;
}
