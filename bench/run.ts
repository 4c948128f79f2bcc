import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const BENCHES: Readonly<Record<string, string>> = {
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
  gate: "gate/main.ts",
};
const FLAGS = ["--expose-gc", "--max-old-space-size=12000", "--disable-warning=ExperimentalWarning"];

function run(name: string, options: readonly string[]): number {
  const file = fileURLToPath(new URL(BENCHES[name], import.meta.url));
  return spawnSync(process.execPath, [...FLAGS, file, ...options], { stdio: "inherit" }).status ?? 1;
}

const [name, ...options] = process.argv.slice(2);
if (name === "all") {
  process.exitCode = Object.keys(BENCHES).reduce((worst, one) => Math.max(worst, run(one, [])), 0);
} else if (name !== undefined && Object.hasOwn(BENCHES, name)) {
  process.exitCode = run(name, options);
} else {
  console.error(`Name a benchmark: ${Object.keys(BENCHES).join(", ")} or all`);
  process.exitCode = 2;
}
