import { record } from "../api.ts";
import { operatorApi, type Command } from "../command.ts";
import { EXIT } from "../errors.ts";
import { printFields, printRows } from "../output.ts";

const COLUMNS = ["id", "slug", "name", "created_at"] as const;

export const createOrg: Command = {
  name: "orgs create",
  summary: "Create an organisation: of the person who is signed in, or by the operator without an owner",
  usage: "SLUG [--name NAME]",
  help: [["--name NAME", "Its name for people; the slug by default"]],
  options: { name: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const [slug] = invocation.words;
    const body = { slug, name: invocation.text("name") ?? slug };
    const org = record(await operatorApi(invocation).call({ method: "POST", path: "/v1/orgs", body }));
    printFields(invocation, org);
    return EXIT.ok;
  },
};

export const listOrgs: Command = {
  name: "orgs list",
  summary: "List the organisations: all for the operator, else one's own",
  usage: "",
  help: [],
  options: {},
  words: [0, 0],
  async run(invocation) {
    const orgs = [];
    for await (const org of operatorApi(invocation).list("/v1/orgs")) orgs.push(record(org));
    printRows(invocation, orgs, orgs.some(({ role }) => role !== undefined) ? [...COLUMNS, "role"] : COLUMNS);
    return EXIT.ok;
  },
};
