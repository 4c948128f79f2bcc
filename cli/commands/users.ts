import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { record } from "../api.ts";
import { chooseOrg, ORG_HELP } from "../choose-org.ts";
import { merchantApi, wholeNumber, type Command } from "../command.ts";
import { EXIT, UsageError } from "../errors.ts";
import { dryRun } from "../import/dry-run.ts";
import { FILE_OPTIONS, fileHelp, importFile } from "../import/import-file.ts";
import { printSummary } from "../import/summary.ts";
import { USER_CHUNK, USER_MAP_HELP, userKind } from "../import/users/kind.ts";
import { grouped, printFields, printRows } from "../output.ts";

const COLUMNS = ["id", "name", "logins", "page_views", "activities", "last_activity"] as const;
const LINE_FEED = 0x0a;

const usersOf = (org: string): string => `/v1/orgs/${encodeURIComponent(org)}/users`;

export const importUsers: Command = {
  name: "users import",
  summary: "Import the names of an organisation's users from NDJSON, a JSON array or CSV, gzipped or not",
  usage: "FILE|- [options]",
  help: [
    ORG_HELP,
    ["--map FIELD=COLUMN", `Where a field comes from; repeatable:\n${USER_MAP_HELP}`],
    ["--utc", "Times without a zone are in UTC; else they are refused"],
    ...fileHelp(USER_CHUNK),
  ],
  options: {
    ...FILE_OPTIONS,
    org: { type: "string" },
    map: { type: "string", multiple: true },
    utc: { type: "boolean" },
  },
  words: [1, 1],
  async run(invocation) {
    const call = { map: invocation.texts("map"), utc: invocation.flag("utc") };
    const checked = userKind({ org: "-", ...call });
    if (invocation.flag("dry-run")) return dryRun(invocation, checked);
    const api = merchantApi(invocation);
    const kind = userKind({ org: await chooseOrg(invocation, api), ...call });
    const { progress: _, ...finished } = await importFile(invocation, api, kind);
    return printSummary(invocation, finished);
  },
};

export const listUsers: Command = {
  name: "users list",
  summary: "List an organisation's users with what they did",
  usage: "[--sort COLUMN] [--search TEXT] [--limit N|--all]",
  help: [
    ORG_HELP,
    ["--sort COLUMN", "name (the default), logins, page_views or last_activity; -logins for the most first"],
    ["--search TEXT", "Only those whose name begins with it"],
    ["--active-since TIME", "Only those with an event since then (RFC 3339)"],
    ["--limit N", "How many; 50 by default"],
    ["--all", "All of them"],
  ],
  options: {
    org: { type: "string" },
    sort: { type: "string" },
    search: { type: "string" },
    "active-since": { type: "string" },
    limit: { type: "string" },
    all: { type: "boolean" },
  },
  words: [0, 0],
  async run(invocation) {
    const api = merchantApi(invocation);
    const wanted = invocation.flag("all") ? Infinity : wholeNumber(invocation, "limit", 50, [1, 1_000_000]);
    const query = {
      sort: invocation.text("sort"),
      q: invocation.text("search"),
      active_since: invocation.text("active-since"),
      limit: String(Math.min(100, wanted)),
    };
    const users = [];
    for await (const user of api.list(usersOf(await chooseOrg(invocation, api)), query)) {
      users.push(record(user));
      if (users.length >= wanted) break;
    }
    printRows(invocation, users, COLUMNS);
    return EXIT.ok;
  },
};

export const exportUsers: Command = {
  name: "users export",
  summary: "Write all of an organisation's users as CSV",
  usage: "[--out FILE]",
  help: [ORG_HELP, ["--out FILE", "Instead of standard output"]],
  options: { org: { type: "string" }, out: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const api = merchantApi(invocation);
    const path = `${usersOf(await chooseOrg(invocation, api))}.csv`;
    const out = invocation.text("out");
    const decoder = new TextDecoder();
    const file = out === undefined ? null : createWriteStream(out);
    let lines = 0;
    for await (const piece of api.stream({ path, signal: invocation.signal })) {
      for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) lines++;
      if (file === null) invocation.out(decoder.decode(piece, { stream: true }));
      else if (!file.write(piece)) await once(file, "drain");
    }
    if (file !== null) {
      file.end();
      await once(file, "close");
    }
    invocation.err(`${grouped(Math.max(0, lines - 1))} users exported\n`);
    return EXIT.ok;
  },
};

export const eraseUser: Command = {
  name: "users erase",
  summary: "Erase a user's events and name for ever; the organisation's totals lose them too",
  usage: "USER_ID --yes",
  help: [ORG_HELP, ["--yes", "Do not ask whether it is meant"]],
  options: { org: { type: "string" }, yes: { type: "boolean" } },
  words: [1, 1],
  async run(invocation) {
    const [id] = invocation.words;
    const api = merchantApi(invocation);
    const org = await chooseOrg(invocation, api);
    if (!invocation.flag("yes")) {
      if (invocation.ask === null) throw new UsageError("This cannot be undone: say --yes");
      const answer = await invocation.ask(`Erase "${id}" of ${org} for ever? [y/N] `, { hidden: false });
      if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("Nothing was erased");
    }
    const path = `${usersOf(org)}/${encodeURIComponent(id)}`;
    const answer = await api.call({ method: "DELETE", path, signal: invocation.signal });
    if (invocation.flag("json"))
      printFields(invocation, answer === null ? { id, erased: true } : record(answer));
    else invocation.out(`Erased ${id}.\n`);
    return EXIT.ok;
  },
};
