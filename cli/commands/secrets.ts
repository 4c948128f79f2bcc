import { record } from "../api.ts";
import { operatorApi, type Command } from "../command.ts";
import { EXIT } from "../errors.ts";
import { printFields } from "../output.ts";

const PATH = "/v1/admin/secrets";

export const showSecrets: Command = {
  name: "secrets status",
  summary:
    "Say what still needs the secrets before the present one, and whether they may be dropped (operator)",
  usage: "",
  help: [],
  options: {},
  words: [0, 0],
  async run(invocation) {
    printFields(invocation, record(await operatorApi(invocation).call({ path: PATH })));
    return EXIT.ok;
  },
};

export const resealSecrets: Command = {
  name: "secrets reseal",
  summary: "Seal with the present secret what one before it sealed (operator)",
  usage: "",
  help: [],
  options: {},
  words: [0, 0],
  async run(invocation) {
    const api = operatorApi(invocation);
    const sum = { resealed: 0, unreadable: 0 };
    let cursor: string | undefined;
    do {
      const call = { method: "POST", path: `${PATH}/reseal`, query: { cursor }, signal: invocation.signal };
      const answer = record(await api.call(call));
      sum.resealed += Number(answer.resealed);
      sum.unreadable += Number(answer.unreadable);
      cursor = typeof answer.next_cursor === "string" ? answer.next_cursor : undefined;
    } while (cursor !== undefined);
    printFields(invocation, sum);
    if (sum.unreadable === 0) return EXIT.ok;
    invocation.err("No configured secret opens what is unreadable: it stays as it is.\n");
    return EXIT.failed;
  },
};
