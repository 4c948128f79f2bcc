import { record, type Api } from "../api.ts";
import { chooseOrg, ORG_HELP } from "../choose-org.ts";
import { openApi, wholeNumber, type Command, type Invocation } from "../command.ts";
import { EXIT } from "../errors.ts";
import { printFields, printRows } from "../output.ts";

type Row = Readonly<Record<string, unknown>>;

const EVENTS = ["image.ready", "image.failed"] as const;
const DELIVERY_COLUMNS = ["id", "type", "created_at", "state", "attempts", "last_status", "last_error"];
const SHOWN_ERROR = 80;

/** Webhooks are a person's: no API key may, and the operator's may not. */
const personApi = (invocation: Invocation): Api => openApi(invocation, invocation.text("key"));

async function pathOf(invocation: Invocation, api: Api, ...rest: string[]): Promise<string> {
  const parts = [await chooseOrg(invocation, api), "webhooks", ...rest].map(encodeURIComponent);
  return `/v1/orgs/${parts.join("/")}`;
}

/** On, failing, or disabled with the reason. */
function stateOf({
  disabled_at: disabledAt,
  disabled_reason: reason,
  failing_since: failingSince,
}: Row): string {
  if (typeof disabledAt === "string") return typeof reason === "string" ? `disabled: ${reason}` : "disabled";
  return typeof failingSince === "string" ? `failing since ${failingSince}` : "on";
}

/** What a line of a terminal has room for; `--json` has all of it. */
function shortened(delivery: Row): Row {
  const { last_error: error } = delivery;
  if (typeof error !== "string" || error.length <= SHOWN_ERROR) return delivery;
  return { ...delivery, last_error: `${error.slice(0, SHOWN_ERROR - 1)}…` };
}

export const listWebhooks: Command = {
  name: "webhooks list",
  summary: "List the webhooks of an organisation and how they stand",
  usage: "",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const api = personApi(invocation);
    const webhooks: Row[] = [];
    for await (const one of api.list(await pathOf(invocation, api))) webhooks.push(record(one));
    if (invocation.flag("json")) printRows(invocation, webhooks, []);
    else
      printRows(
        invocation,
        webhooks.map((webhook) => ({ ...webhook, state: stateOf(webhook) })),
        ["id", "url", "events", "state", "created_at"],
      );
    return EXIT.ok;
  },
};

export const addWebhook: Command = {
  name: "webhooks add",
  summary: "Add a webhook; its signing secret is shown once",
  usage: "URL [--event EVENT …]",
  help: [ORG_HELP, ["--event EVENT", `${EVENTS.join(", ")} (both by default); repeatable`]],
  options: { org: { type: "string" }, event: { type: "string", multiple: true } },
  words: [1, 1],
  async run(invocation) {
    const [url] = invocation.words;
    const asked = invocation.texts("event").flatMap((event) => event.split(","));
    const api = personApi(invocation);
    const path = await pathOf(invocation, api);
    const body = { url, events: asked.length > 0 ? asked : EVENTS };
    printFields(invocation, record(await api.call({ method: "POST", path, body })));
    if (!invocation.flag("json")) invocation.err("Keep the secret now: it is not shown again.\n");
    return EXIT.ok;
  },
};

export const removeWebhook: Command = {
  name: "webhooks remove",
  summary: "Delete a webhook with what was sent to it",
  usage: "WEBHOOK_ID",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const [id] = invocation.words;
    const api = personApi(invocation);
    await api.call({ method: "DELETE", path: await pathOf(invocation, api, id) });
    if (invocation.flag("json")) printFields(invocation, { id, removed: true });
    else invocation.out(`Removed ${id}: nothing more is sent there.\n`);
    return EXIT.ok;
  },
};

export const testWebhook: Command = {
  name: "webhooks test",
  summary: "Send a test message to a webhook",
  usage: "WEBHOOK_ID",
  help: [ORG_HELP],
  options: { org: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const [id] = invocation.words;
    const api = personApi(invocation);
    const path = await pathOf(invocation, api, id, "test");
    const delivery = record(await api.call({ method: "POST", path }));
    if (invocation.flag("json")) printFields(invocation, delivery);
    else
      invocation.out(
        `${String(delivery.id)} is on its way. See how it was answered: vitrine webhooks deliveries ${id}\n`,
      );
    return EXIT.ok;
  },
};

export const listDeliveries: Command = {
  name: "webhooks deliveries",
  summary: "List what was sent to a webhook and how it was answered, the newest first",
  usage: "WEBHOOK_ID [--limit N]",
  help: [ORG_HELP, ["--limit N", "At most so many; 20 by default"]],
  options: { org: { type: "string" }, limit: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const limit = wholeNumber(invocation, "limit", 20, [1, 10_000]);
    const [id] = invocation.words;
    const api = personApi(invocation);
    const deliveries: Row[] = [];
    const query = { limit: String(Math.min(limit, 100)) };
    for await (const one of api.list(await pathOf(invocation, api, id, "deliveries"), query)) {
      if (deliveries.push(record(one)) >= limit) break;
    }
    const rows = invocation.flag("json") ? deliveries : deliveries.map(shortened);
    printRows(invocation, rows, DELIVERY_COLUMNS);
    return EXIT.ok;
  },
};
