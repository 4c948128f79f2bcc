import { record } from "../api.ts";
import { operatorApi, wholeNumber, type Command } from "../command.ts";
import { EXIT } from "../errors.ts";
import { printFields, printRows } from "../output.ts";

const pathOf = (org: string, id?: string): string =>
  `/v1/orgs/${encodeURIComponent(org)}/api-keys${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;

export const createKey: Command = {
  name: "keys create",
  summary: "Create an API key of an organisation; it is shown once",
  usage: "ORG [--name NAME] [--scope SCOPE …]",
  help: [
    ["--name NAME", 'What the key is for; "cli" by default'],
    ["--scope SCOPE", "catalogue:write (the default), events:write, stats:read, images:write; repeatable"],
  ],
  options: { name: { type: "string" }, scope: { type: "string", multiple: true } },
  words: [1, 1],
  async run(invocation) {
    const asked = invocation.texts("scope").flatMap((scope) => scope.split(","));
    const body = {
      name: invocation.text("name") ?? "cli",
      scopes: asked.length > 0 ? asked : ["catalogue:write"],
    };
    const [org] = invocation.words;
    const key = record(await operatorApi(invocation).call({ method: "POST", path: pathOf(org), body }));
    printFields(invocation, key);
    if (!invocation.flag("json")) invocation.err("Keep the key now: it is not shown again.\n");
    return EXIT.ok;
  },
};

export const listKeys: Command = {
  name: "keys list",
  summary: "List the API keys of an organisation",
  usage: "ORG",
  help: [],
  options: {},
  words: [1, 1],
  async run(invocation) {
    const keys = [];
    for await (const key of operatorApi(invocation).list(pathOf(invocation.words[0]))) keys.push(record(key));
    printRows(invocation, keys, [
      "id",
      "prefix",
      "name",
      "scopes",
      "created_at",
      "last_used_at",
      "revoked_at",
    ]);
    return EXIT.ok;
  },
};

export const revokeKey: Command = {
  name: "keys revoke",
  summary: "Revoke an API key",
  usage: "ORG KEY_ID",
  help: [],
  options: {},
  words: [2, 2],
  async run(invocation) {
    const [org, id] = invocation.words;
    await operatorApi(invocation).call({ method: "DELETE", path: pathOf(org, id) });
    if (invocation.flag("json")) printFields(invocation, { id, revoked: true });
    else invocation.out(`Revoked ${id}: it stops working everywhere within half a minute.\n`);
    return EXIT.ok;
  },
};

export const rotateKey: Command = {
  name: "keys rotate",
  summary: "Replace an API key by a new one; both hold for a while",
  usage: "ORG KEY_ID [--overlap SECONDS]",
  help: [["--overlap SECONDS", "How long the old key still holds, up to 30 days; a day by default"]],
  options: { overlap: { type: "string" } },
  words: [2, 2],
  async run(invocation) {
    const [org, id] = invocation.words;
    const body = { overlap_seconds: wholeNumber(invocation, "overlap", 86_400, [0, 2_592_000]) };
    const call = { method: "POST", path: `${pathOf(org, id)}/rotate`, body };
    printFields(invocation, record(await operatorApi(invocation).call(call)));
    if (!invocation.flag("json")) invocation.err("Keep the key now: it is not shown again.\n");
    return EXIT.ok;
  },
};
