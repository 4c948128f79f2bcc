import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const BENCHES: Readonly<Record<string, string>> = {
  compare: "compare/main.ts",
  mixed: "mixed/main.ts",
  overload: "overload/main.ts",
  ladder: "ladder/main.ts",
  plots: "plots/main.ts",
  relevance: "search/relevance.ts",
  latency: "search/latency.ts",
  memory: "search/memory.ts",
  workerd: "search/workerd.ts",
  http: "search/http.ts",
  import: "import.ts",
  dashboard: "analytics/dashboard.ts",
  growth: "analytics/growth.ts",
  ingest: "analytics/ingest.ts",
  sample: "analytics/sample.ts",
  exactness: "analytics/exactness.ts",
  "images-cpu": "images/cpu.ts",
  "images-memory": "images/memory.ts",
  "images-pipeline": "images/pipeline.ts",
  "images-quality": "images/quality.ts",
  "images-formats": "images/formats.ts",
  "images-fuzz": "images/fuzz.ts",
  "feed-http": "feed/http.ts",
  "feed-growth": "feed/growth.ts",
  "feed-histories": "feed/histories.ts",
  "feed-consistency": "feed/consistency.ts",
  collecting: "operations/collecting.ts",
  simulation: "simulation/simulation.ts",
  gate: "gate/main.ts",
};
const FLAGS = ["--expose-gc", "--max-old-space-size=12000", "--disable-warning=ExperimentalWarning"];

function run(name: string, options: readonly string[]): number {
  const file = fileURLToPath(new URL(BENCHES[name], import.meta.url));
  return spawnSync(process.execPath, [...FLAGS, file, ...options], { stdio: "inherit" }).status ?? 1;
}

/** Not of `all`: half an hour of load, what draws the others' results, a comparison of commits. */
const APART = ["mixed", "plots", "gate"];

/** Without a name, or with options alone, it is the comparison. */
function parsed(words: readonly string[]): [name: string, options: readonly string[]] {
  const [first, ...rest] = words;
  return first === undefined || first.startsWith("-") ? ["compare", words] : [first, rest];
}

const [name, options] = parsed(process.argv.slice(2));
if (name === "all") {
  const names = Object.keys(BENCHES).filter((one) => !APART.includes(one));
  process.exitCode = names.reduce((worst, one) => Math.max(worst, run(one, [])), 0);
} else if (Object.hasOwn(BENCHES, name)) {
  process.exitCode = run(name, options);
} else {
  const names = `${Object.keys(BENCHES).join(", ")} or all`;
  if (name === "list") console.log(names);
  else console.error(`There is no measurement "${name}": ${names}`);
  process.exitCode = name === "list" ? 0 : 2;
}
