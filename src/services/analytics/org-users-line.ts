import type { OrgUserWrite } from "../../db/queries/org-users-write.ts";
import { MAX_AHEAD_MS } from "../../domain/event.ts";
import { EventFault, kindOf, readOptional, readTime, readUserId } from "../events/event-fields.ts";
import type { EventFaultCode } from "../events/event-fields.ts";
import { MAX_USER_NAME } from "../events/parse-event.ts";

const FIELDS: ReadonlySet<string> = new Set(["id", "name", "created_at"]);

/** One line's user, `{id, name?, created_at?}`, or the first thing that is wrong with it. */
export function parseOrgUser(
  value: unknown,
  now: number,
): OrgUserWrite | { code: EventFaultCode; detail: string } {
  try {
    const fields = fieldsOf(value);
    return {
      id: readUserId(fields.id, "id", "invalid_id"),
      name: readOptional(fields.name, "name", MAX_USER_NAME, "invalid_name")?.trim() ?? null,
      createdAt: readCreatedAt(fields.created_at, now),
    };
  } catch (error) {
    if (error instanceof EventFault) return { code: error.code, detail: error.message };
    throw error;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new EventFault("not_an_object", `Expected a user as an object, not ${kindOf(value)}`);
  }
  const unknown = Object.keys(value).find((name) => !FIELDS.has(name));
  if (unknown === undefined) return { ...value };
  throw new EventFault("unknown_field", `There is no field ${JSON.stringify(unknown.slice(0, 80))}`);
}

function readCreatedAt(value: unknown, now: number): number {
  if (value === undefined || value === null) return now;
  const at = readTime(value);
  if (at > now + MAX_AHEAD_MS) throw new EventFault("in_future", "The user was not created in the future");
  return at;
}
