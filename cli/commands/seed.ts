import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { record, type Api } from "../api.ts";
import { merchantApi, openApi, operatorApi, wholeNumber, type Command, type Invocation } from "../command.ts";
import { ApiError, EXIT } from "../errors.ts";
import { chunksOf } from "../import/chunks.ts";
import { ProgressBar } from "../import/progress.ts";
import type { InputRecord } from "../import/reading/record.ts";
import { RejectedFile } from "../import/rejected.ts";
import { runImport } from "../import/run-import.ts";
import { duration, grouped, printFields } from "../output.ts";

const ORG = "demo";
const CHUNK = { records: 1_000, chars: 8_000_000 };

export const seed: Command = {
  name: "seed",
  summary: "Fill the organisation “demo” with made-up products (operator, or --key of an organisation)",
  usage: "[--count N] [--seed N] [--key-file FILE]",
  help: [
    ["--count N", "How many products; 2000 by default"],
    ["--seed N", "Another number makes other products; 1 by default"],
    ["--key-file FILE", "Where to read the organisation's key, and to keep one that is created"],
    ["--quiet", "No progress"],
  ],
  options: {
    count: { type: "string" },
    seed: { type: "string" },
    "key-file": { type: "string" },
    quiet: { type: "boolean" },
  },
  words: [0, 0],
  async run(invocation) {
    const count = wholeNumber(invocation, "count", 2_000, [1, 1_000_000]);
    const number = wholeNumber(invocation, "seed", 1, [0, 2 ** 31]);
    const { api, createdKey } = await openOrg(invocation);
    const progress = new ProgressBar(invocation, null, invocation.flag("quiet"));
    const { accepted, rejected } = await runImport({
      chunks: chunksOf(records(count, number), (value) => ({ value: record(value) }), CHUNK),
      bytesRead: () => 0,
      upload: {
        api,
        path: "/v1/products/import",
        signal: invocation.signal,
        onRetry: (reason) => progress.note(reason),
      },
      progress,
      rejectedFile: new RejectedFile("demo.rejected.ndjson", 0),
      state: null,
    }).finally(() => progress.clear());
    const key = createdKey === null ? {} : { key: createdKey };
    if (invocation.flag("json")) printFields(invocation, { org: ORG, accepted, rejected, ...key });
    else {
      const rejections = rejected === 0 ? "" : `, ${grouped(rejected)} rejected (see demo.rejected.ndjson)`;
      invocation.out(`${grouped(accepted)} demo products${rejections} in ${duration(progress.seconds)}\n`);
      const isShown = createdKey !== null && invocation.text("key-file") === undefined;
      if (isShown) invocation.out(`Key of the organisation "${ORG}": ${createdKey}\n`);
    }
    return rejected === 0 ? EXIT.ok : EXIT.rejected;
  },
};

async function* records(count: number, seedNumber: number): AsyncGenerator<InputRecord> {
  const { generateDemoProducts } = await import("../demo/generate.ts");
  let line = 0;
  for (const value of generateDemoProducts({ count, seed: seedNumber })) yield { line: ++line, value };
}

/** The API under a key of the organisation: a given one, one kept in the key file, or a new one. */
async function openOrg(invocation: Invocation): Promise<{ api: Api; createdKey: string | null }> {
  const file = invocation.text("key-file");
  const kept = file !== undefined && existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (kept !== "") return { api: openApi(invocation, kept), createdKey: null };
  const given = invocation.text("key") ?? invocation.environment.VITRINE_KEY;
  if (given !== undefined && given.startsWith("vk_"))
    return { api: merchantApi(invocation), createdKey: null };
  const operator = operatorApi(invocation);
  await createOrgOnce(operator);
  const body = { name: "demo data", scopes: ["catalogue:write"] };
  const created = record(await operator.call({ method: "POST", path: `/v1/orgs/${ORG}/api-keys`, body }));
  const createdKey = String(created.key);
  if (file !== undefined) writeFileSync(file, `${createdKey}\n`, { mode: 0o600 });
  return { api: openApi(invocation, createdKey), createdKey };
}

async function createOrgOnce(operator: Api): Promise<void> {
  try {
    await operator.call({ method: "POST", path: "/v1/orgs", body: { slug: ORG, name: "Vitrine demo" } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 409) throw error;
  }
}
