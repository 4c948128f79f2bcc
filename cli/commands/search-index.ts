import { record } from "../api.ts";
import { operatorApi, type Command } from "../command.ts";
import { EXIT } from "../errors.ts";
import { printFields } from "../output.ts";
import { waitForIndex } from "../import/products/wait.ts";

export const showIndex: Command = {
  name: "index status",
  summary: "Show the state of the search index (operator)",
  usage: "",
  help: [],
  options: {},
  words: [0, 0],
  async run(invocation) {
    const status = record(await operatorApi(invocation).call({ path: "/v1/admin/index" }));
    printFields(invocation, status);
    return EXIT.ok;
  },
};

export const rebuildIndex: Command = {
  name: "index rebuild",
  summary: "Build the search index anew from the database (operator)",
  usage: "[--wait]",
  help: [["--wait", "Return when the new index serves"]],
  options: { wait: { type: "boolean" } },
  words: [0, 0],
  async run(invocation) {
    const api = operatorApi(invocation);
    const before = record(await api.call({ path: "/v1/admin/index" }));
    const answer = await api.call({ method: "POST", path: "/v1/admin/index/rebuild" });
    if (invocation.flag("wait")) {
      await waitForIndex(api, invocation, (status) => status.generation !== before.generation);
      printFields(invocation, record(await api.call({ path: "/v1/admin/index" })));
    } else {
      if (invocation.flag("json")) printFields(invocation, record(answer));
      else invocation.out("The rebuild is queued; the present index serves until the new one is ready.\n");
    }
    return EXIT.ok;
  },
};
