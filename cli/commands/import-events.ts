import { chooseOrg, ORG_HELP } from "../choose-org.ts";
import { merchantApi, wholeNumber, type Command } from "../command.ts";
import { dryRun } from "../import/dry-run.ts";
import { EVENT_MAP_HELP } from "../import/events/fields.ts";
import { EVENT_CHUNK, eventKind, type EventsCall } from "../import/events/kind.ts";
import { retentionOf } from "../import/events/retention.ts";
import { FILE_OPTIONS, fileHelp, importFile } from "../import/import-file.ts";
import { printSummary } from "../import/summary.ts";

const CENTURY_DAYS = 36_500;

export const importEvents: Command = {
  name: "import-events",
  summary: "Import events of the past from NDJSON, a JSON array or CSV, gzipped or not",
  usage: "FILE|- [options]",
  help: [
    ORG_HELP,
    ["--map FIELD=COLUMN", `Where a field comes from; repeatable:\n${EVENT_MAP_HELP}`],
    [
      "--type-map NAME=TYPE",
      "What a type's name means: --type-map PushEvent=activity; '*=activity' for all others.\n" +
        "TYPE is login, page_view or activity; the name is kept in properties.type. Repeatable",
    ],
    ["--utc", "Times without a zone are in UTC; else they are refused"],
    ["--shift-days N", "Move all times by N days, for old samples: events past the retention are refused"],
    ...fileHelp(EVENT_CHUNK),
  ],
  options: {
    ...FILE_OPTIONS,
    org: { type: "string" },
    map: { type: "string", multiple: true },
    "type-map": { type: "string", multiple: true },
    utc: { type: "boolean" },
    "shift-days": { type: "string" },
  },
  words: [1, 1],
  async run(invocation) {
    const call: EventsCall = {
      org: "-",
      retention: null,
      map: invocation.texts("map"),
      typeMap: invocation.texts("type-map"),
      utc: invocation.flag("utc"),
      shiftDays: wholeNumber(invocation, "shift-days", 0, [-CENTURY_DAYS, CENTURY_DAYS]),
    };
    // The call's own mistakes come before any request.
    const checked = eventKind(call);
    if (invocation.flag("dry-run")) return dryRun(invocation, checked);
    const api = merchantApi(invocation);
    const org = await chooseOrg(invocation, api);
    const kind = eventKind({ ...call, org, retention: await retentionOf(api, org) });
    const { progress: _, ...finished } = await importFile(invocation, api, kind);
    const code = printSummary(invocation, finished);
    const note = kind.noteAtEnd?.() ?? null;
    if (note !== null) invocation.err(`${note}\n`);
    return code;
  },
};
