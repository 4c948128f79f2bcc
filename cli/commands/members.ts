import { record, type Api } from "../api.ts";
import { chooseOrg, ORG_HELP } from "../choose-org.ts";
import { operatorApi, type Command } from "../command.ts";
import { EXIT, UsageError } from "../errors.ts";
import { printFields, printRows } from "../output.ts";

const ROLES = "owner, admin, analyst or member";

const pathOf = (org: string, user?: string): string =>
  `/v1/orgs/${encodeURIComponent(org)}/members${user === undefined ? "" : `/${encodeURIComponent(user)}`}`;

export const listMembers: Command = {
  name: "members list",
  summary: "List the people of an organisation, invited ones among them",
  usage: "",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const api = operatorApi(invocation);
    const members = [];
    for await (const member of api.list(pathOf(await chooseOrg(invocation, api))))
      members.push(record(member));
    printRows(invocation, members, ["user_id", "name", "email", "role", "status", "created_at"]);
    return EXIT.ok;
  },
};

export const addMember: Command = {
  name: "members add",
  summary: "Add a person to an organisation, by invitation where there is no account yet",
  usage: "EMAIL [--role ROLE]",
  help: [ORG_HELP, ["--role ROLE", `${ROLES}; member by default`]],
  options: { org: { type: "string" }, role: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const [email] = invocation.words;
    const api = operatorApi(invocation);
    const path = pathOf(await chooseOrg(invocation, api));
    const body = { email, role: invocation.text("role") ?? "member" };
    const { status, body: member } = await api.callWithHeaders({ method: "POST", path, body });
    if (invocation.flag("json")) printFields(invocation, record(member));
    else if (status === 202) invocation.out(`Invited ${email} as ${body.role}.\n`);
    else invocation.out(`Added ${email} as ${body.role}.\n`);
    return EXIT.ok;
  },
};

export const setRole: Command = {
  name: "members role",
  summary: "Give a member another role",
  usage: "EMAIL|USER_ID ROLE",
  help: [ORG_HELP, ["ROLE", ROLES]],
  options: { org: { type: "string" } },
  words: [2, 2],
  async run(invocation) {
    const [who, role] = invocation.words;
    const api = operatorApi(invocation);
    const org = await chooseOrg(invocation, api);
    const path = pathOf(org, await userIdOf(api, org, who));
    const member = await api.call({ method: "PATCH", path, body: { role } });
    if (invocation.flag("json")) printFields(invocation, record(member));
    else invocation.out(`${who} is ${role} of ${org} now; it holds everywhere within a minute.\n`);
    return EXIT.ok;
  },
};

export const removeMember: Command = {
  name: "members remove",
  summary: "Remove a person from an organisation",
  usage: "EMAIL|USER_ID",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const [who] = invocation.words;
    const api = operatorApi(invocation);
    const org = await chooseOrg(invocation, api);
    const id = await userIdOf(api, org, who);
    await api.call({ method: "DELETE", path: pathOf(org, id) });
    if (invocation.flag("json")) printFields(invocation, { user_id: id, removed: true });
    else invocation.out(`Removed ${who} from ${org}; it holds everywhere within a minute.\n`);
    return EXIT.ok;
  },
};

/** A person is known by e-mail where one is given, as it is what people know. Throws `UsageError`. */
async function userIdOf(api: Api, org: string, who: string): Promise<string> {
  if (!who.includes("@")) return who;
  for await (const entry of api.list(pathOf(org))) {
    const { email, user_id: id } = record(entry);
    // Who is invited has no id yet, and is known by the address itself.
    if (String(email).toLowerCase() === who.toLowerCase()) return typeof id === "string" ? id : who;
  }
  throw new UsageError(`${who} is no member of ${org}: see vitrine members list`);
}
