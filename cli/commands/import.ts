import { readFileSync } from "node:fs";
import { merchantApi, openApi, type Command, type Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { dryRun } from "../import/dry-run.ts";
import { FILE_OPTIONS, fileHelp, importFile } from "../import/import-file.ts";
import { PRODUCT_CHUNK, productKind } from "../import/products/kind.ts";
import { MAPPING_HELP, parseMapping, type Mapping } from "../import/products/mapping.ts";
import { waitUntilSearchable } from "../import/products/wait.ts";
import { printSummary } from "../import/summary.ts";

export const importProducts: Command = {
  name: "import",
  summary: "Import products from NDJSON, a JSON array or CSV, gzipped or not",
  usage: "FILE|- [options]",
  help: [
    ["--org ORG", "Of which organisation, where who is signed in has several (else VITRINE_ORG)"],
    ["--map FIELD=COLUMN", `Where a field comes from; repeatable:\n${MAPPING_HELP}`],
    ["--mapping FILE", 'The same as JSON: {"price": "price_cents:cents"}'],
    ["--ignore COLUMN", "Pass over a column; repeatable"],
    ["--ignore-unknown", "Pass over all columns that no field is mapped to"],
    ["--wait", "Return when the products are searchable (needs OPERATOR_KEY)"],
    ...fileHelp(PRODUCT_CHUNK),
  ],
  options: {
    ...FILE_OPTIONS,
    map: { type: "string", multiple: true },
    mapping: { type: "string" },
    ignore: { type: "string", multiple: true },
    "ignore-unknown": { type: "boolean" },
    wait: { type: "boolean" },
    org: { type: "string" },
  },
  words: [1, 1],
  async run(invocation) {
    const kind = productKind({
      org: invocation.text("org") ?? invocation.environment.VITRINE_ORG,
      mapping: readMapping(invocation),
      ignore: invocation.flag("ignore-unknown") ? true : new Set(invocation.texts("ignore")),
    });
    if (invocation.flag("dry-run")) return dryRun(invocation, kind);
    const operatorKey = invocation.environment.OPERATOR_KEY;
    const isAwaited = invocation.flag("wait");
    if (isAwaited && operatorKey === undefined) {
      throw new UsageError("--wait asks for the state of the index: set OPERATOR_KEY");
    }
    const { progress, ...finished } = await importFile(invocation, merchantApi(invocation), kind);
    if (!isAwaited) return printSummary(invocation, finished);
    await waitUntilSearchable(openApi(invocation, operatorKey), invocation);
    return printSummary(invocation, { ...finished, searchableSeconds: progress.seconds });
  },
};

function readMapping(invocation: Invocation): Mapping {
  const file = invocation.text("mapping");
  if (file === undefined) return parseMapping({}, invocation.texts("map"));
  try {
    return parseMapping(JSON.parse(readFileSync(file, "utf8")), invocation.texts("map"));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The mapping file "${file}" cannot be read: ${String(error)}`);
  }
}
