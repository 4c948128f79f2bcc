import { record } from "../api.ts";
import { chooseOrg, ORG_HELP } from "../choose-org.ts";
import { operatorApi, type Command } from "../command.ts";
import { EXIT, UsageError } from "../errors.ts";
import { printFields, printRows } from "../output.ts";

const pathOf = (org: string, id?: string): string =>
  `/v1/orgs/${encodeURIComponent(org)}/site-keys${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;

export const listSites: Command = {
  name: "sites list",
  summary: "List the site keys of an organisation: the web sites whose visits it counts",
  usage: "",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const api = operatorApi(invocation);
    const keys = [];
    for await (const key of api.list(pathOf(await chooseOrg(invocation, api)))) keys.push(record(key));
    printRows(invocation, keys, ["id", "name", "origins", "created_at", "revoked_at"]);
    return EXIT.ok;
  },
};

export const createSite: Command = {
  name: "sites create",
  summary: "Create a site key: it may only write page views, and only from the origins given",
  usage: "NAME --origin ORIGIN …",
  help: [ORG_HELP, ["--origin ORIGIN", "Where its pages are, as https://shop.example; repeatable"]],
  options: { org: { type: "string" }, origin: { type: "string", multiple: true } },
  words: [1, 1],
  async run(invocation) {
    const [name] = invocation.words;
    const origins = invocation.texts("origin");
    if (origins.length === 0) throw new UsageError("Name the site's origin: --origin https://shop.example");
    const api = operatorApi(invocation);
    const path = pathOf(await chooseOrg(invocation, api));
    const key = record(await api.call({ method: "POST", path, body: { name, origins } }));
    printFields(invocation, key);
    if (!invocation.flag("json")) {
      const script = `<script async src="${new URL("/b.js", api.url).href}" data-site="${String(key.id)}"></script>`;
      invocation.err(`Put this into each page:\n  ${script}\n`);
    }
    return EXIT.ok;
  },
};

export const revokeSite: Command = {
  name: "sites revoke",
  summary: "Revoke a site key",
  usage: "SITE_KEY_ID",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const [id] = invocation.words;
    const api = operatorApi(invocation);
    await api.call({ method: "DELETE", path: pathOf(await chooseOrg(invocation, api), id) });
    if (invocation.flag("json")) printFields(invocation, { id, revoked: true });
    else invocation.out(`Revoked ${id}: it stops counting everywhere within half a minute.\n`);
    return EXIT.ok;
  },
};
