import type { Ctx } from "../../deps.ts";
import { appendAudit } from "../../db/queries/audit.ts";
import { readUsersOf } from "../../db/queries/org-users.ts";
import type { OrgUserRow, UserPageArgs, UserRows } from "../../db/queries/org-users.ts";
import { requirePermission } from "../../domain/access.ts";
import { auditLine } from "../audit/line.ts";
import { filterOf, toUserItem } from "./users.ts";
import type { UserSelection } from "./users.ts";
import { recordOf, textCell } from "./users-csv-cells.ts";

const PAGE_ROWS = 1_000;
const HEADER = recordOf(["id", "name", "logins", "page_views", "activities", "last_activity"]);

/**
 * All users of a selection as CSV in UTF-8: a header and a record a user. Pages of 1,000 are read as the stream is, one
 * round trip each, so that memory holds one of them, however many there are. A failure at the first page is thrown; a
 * later one breaks the stream, which then must not be taken for the whole.
 */
export async function exportUsers(
  ctx: Ctx<"db" | "clock" | "log">,
  selection: UserSelection,
): Promise<ReadableStream<Uint8Array>> {
  const org = requirePermission(ctx.actor, "stats:read", selection.org);
  const args = { ...filterOf(selection), sort: selection.sort, limit: PAGE_ROWS };
  const read = (after: UserPageArgs["after"]) => readUsersOf(ctx.db, org, { ...args, after });
  const first = await read(null);
  // Before a byte goes out: what is read without its line is not given away.
  await appendAudit(ctx.db, org, auditLine(ctx, "users.exported"));
  return streamOf(ctx, first, read);
}

function streamOf(
  ctx: Ctx<"log">,
  first: UserRows,
  read: (after: UserPageArgs["after"]) => Promise<UserRows>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page: UserRows | null = first;
  let next: UserRows["next"] = null;
  let text = HEADER;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    do {
      page ??= await read(next);
      text += page.rows.map(toRecord).join("");
      next = page.next;
      page = null;
      // A page of a walk may be empty; a pull that brings nothing is not repeated.
    } while (text === "" && next !== null);
    if (text !== "") controller.enqueue(encoder.encode(text));
    text = "";
    if (next === null) controller.close();
  };
  const pullOrTell = (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> =>
    pull(controller).catch((error: unknown) => {
      ctx.log.error("users_csv_broken", { error: String(error) });
      throw error;
    });
  // Nothing ahead of the reader.
  return new ReadableStream({ pull: pullOrTell }, { highWaterMark: 0 });
}

function toRecord(row: OrgUserRow): string {
  const { id, name, last_activity: lastActivity } = toUserItem(row);
  return recordOf([
    textCell(id),
    textCell(name),
    row.logins,
    row.pageViews,
    row.activities,
    lastActivity ?? "",
  ]);
}
