import type { Ctx } from "../../deps.ts";
import { upsertUser } from "../../db/queries/org-users-write.ts";
import { requirePermission } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { requireName } from "../orgs/name.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import { EventFault, readUserId } from "../events/event-fields.ts";
import { keyOf } from "../events/take-events.ts";
import { forgetVersion } from "./answers.ts";
import { toUserItem } from "./users.ts";
import type { UserItem } from "./users.ts";

/**
 * Tells the dashboard who a user is, known by events or not yet. The name holds until a newer event, or a newer call,
 * gives another. One round trip. Throws `invalid_input` for a name, `bad_request` for an id that no event could have.
 */
export async function identifyUser(
  ctx: Ctx<"db" | "clock" | "isolate">,
  input: { org: string; id: string; name: string },
): Promise<UserItem> {
  const orgId = requirePermission(ctx.actor, "events:write", input.org);
  const id = requireUserId(input.id);
  const name = requireName(input.name);
  const now = ctx.clock.now();
  const row = await upsertUser(ctx.db, { orgId, keyId: keyOf(ctx), now }, { id, name, createdAt: now });
  if (row === undefined) throw noSuchOrg(input.org);
  forgetVersion(ctx, orgId);
  return toUserItem(row);
}

function requireUserId(id: string): string {
  try {
    return readUserId(id, "id", "invalid_id");
  } catch (error) {
    if (!(error instanceof EventFault)) throw error;
    const errors = [{ path: "user", message: error.message }];
    throw new AppError("bad_request", { detail: `The user's id is not valid: ${error.message}`, errors });
  }
}
