import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { record, type Api } from "../api.ts";
import { merchantApi, type Command } from "../command.ts";
import { ApiError, EXIT } from "../errors.ts";
import { grouped } from "../output.ts";
import { patiently, type Patience } from "../patience.ts";

const AT_ONCE = 8;

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

/** Pages of whole products: a search names them, and each is read by its id, since hits lack some fields. */
async function* pages(api: Api, org: string | undefined, patience: Patience): AsyncGenerator<unknown[]> {
  let cursor: string | undefined;
  do {
    const query = { sort: "-updated_at", limit: "100", filter: org && `org:${org}`, cursor };
    const page = record(
      await patiently(() => api.call({ path: "/v1/search", query, signal: patience.signal }), patience),
    );
    const ids = Array.isArray(page.items) ? page.items.map((item: unknown) => String(record(item).id)) : [];
    const products: unknown[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE).map((id) => readProduct(api, id, patience));
      products.push(...(await Promise.all(some)).filter((product) => product !== null));
    }
    yield products;
    cursor = typeof page.next_cursor === "string" ? page.next_cursor : undefined;
  } while (cursor !== undefined);
}

/** `null` for a product deleted since the search. */
async function readProduct(api: Api, id: string, patience: Patience): Promise<unknown> {
  const path = `/v1/products/${encodeURIComponent(id)}`;
  try {
    return await patiently(() => api.call({ path, signal: patience.signal }), patience);
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 404) return null;
    throw error;
  }
}
