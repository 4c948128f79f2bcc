import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { itemsOf, record, type Api } from "../api.ts";
import { merchantApi, type Command } from "../command.ts";
import { EXIT } from "../errors.ts";
import { grouped } from "../output.ts";
import { patiently, type Patience } from "../patience.ts";

export const exportProducts: Command = {
  name: "export",
  summary: "Write products as NDJSON, in the form that import reads",
  usage: "[--org ORG_ID] [--output FILE]",
  help: [
    ["--org ORG_ID", "Of one organisation; of all by default"],
    ["--output FILE", "Instead of standard output"],
  ],
  options: { org: { type: "string" }, output: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const api = merchantApi(invocation);
    const org = invocation.text("org");
    const path = invocation.text("output");
    const file = path === undefined ? null : createWriteStream(path);
    const patience: Patience = {
      signal: invocation.signal,
      onRetry: (reason, seconds) => invocation.err(`${reason}: trying again in ${seconds.toFixed(1)} s\n`),
    };
    let count = 0;
    for await (const products of pages(api, org, patience)) {
      const text = products.map((product) => `${JSON.stringify(product)}\n`).join("");
      if (file === null) invocation.out(text);
      else if (!file.write(text)) await once(file, "drain");
      count += products.length;
    }
    if (file !== null) {
      file.end();
      await once(file, "close");
    }
    invocation.err(`${grouped(count)} products exported\n`);
    return EXIT.ok;
  },
};

async function* pages(api: Api, org: string | undefined, patience: Patience): AsyncGenerator<unknown[]> {
  let cursor: string | undefined;
  do {
    const query = { limit: "100", org, cursor };
    const page = record(
      await patiently(() => api.call({ path: "/v1/products", query, signal: patience.signal }), patience),
    );
    yield itemsOf(page);
    cursor = typeof page.next_cursor === "string" ? page.next_cursor : undefined;
  } while (cursor !== undefined);
}
