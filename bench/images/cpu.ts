import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import { median } from "../statistics.ts";
import { ContenderProcess } from "./contenders/process.ts";
import { imageState, makeInputs } from "./inputs.ts";
import { jpegFacts } from "./jpeg-facts.ts";

const { values: OPTIONS } = parseArgs({
  options: { only: { type: "string" }, inputs: { type: "string" }, rounds: { type: "string", default: "9" } },
});
const ROUNDS = Number(OPTIONS.rounds);
/** A contender that has had this much of one input, and three rounds, has enough. */
const ENOUGH_MS = 3_000;

const NAMES: Readonly<Record<string, string>> = {
  "vitrine-jpeg": "Vitrine",
  "sharp-cascade": "sharp, cascade",
  "sharp-documented": "sharp, three pipelines",
  "pillow-after": "Pillow after",
  "pillow-draft": "Pillow after_draft",
  photon: "photon, cascade",
  vitrine: "Vitrine, JPEG and WebP",
  "sharp-cascade-both": "sharp, JPEG and WebP",
  "pillow-after-webp": "Pillow after, JPEG and WebP",
};
const INPUTS: readonly (readonly [label: string, file: string, format: string])[] = [
  ["1 MP", "1mp.jpg", "jpeg"],
  ["4 MP", "4mp.jpg", "jpeg"],
  ["12 MP", "12mp.jpg", "jpeg"],
  ["24 MP", "24mp.jpg", "jpeg"],
  ["48 MP", "48mp.jpg", "jpeg"],
  ["100 MP", "100mp.jpg", "jpeg"],
  ["12 MP progressive", "12mp-progressive.jpg", "jpeg"],
  ["24 MP progressive", "24mp-progressive.jpg", "jpeg"],
  ["4 MP PNG with alpha", "4mp-alpha.png", "png"],
  ["4 MP WebP", "4mp.webp", "webp"],
];
const LARGE = /^(12|24|48|100) (MP.*)$/;
const chosenInputs = INPUTS.filter(([, file]) => OPTIONS.inputs?.split(",").includes(file) ?? true);
const chosenNames = Object.keys(NAMES).filter((name) => OPTIONS.only?.split(",").includes(name) ?? true);

interface Measured {
  input: string;
  contender: string;
  cpuMs: number;
  wallMs: number;
  rounds: number[];
  error?: string;
}

/** Contenders in turns, so that what the machine does meanwhile falls on all of them. The first round warms. */
async function measureInput(
  children: ReadonlyMap<string, ContenderProcess>,
  input: readonly [string, string, string],
): Promise<Measured[]> {
  const [label, file, format] = input;
  const [path] = makeInputs([file]);
  const cpu = new Map<string, number[]>();
  const wall = new Map<string, number[]>();
  const errors = new Map<string, string>();
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, child] of children) {
      const had = cpu.get(name) ?? [];
      const hasEnough = had.length >= 3 && had.reduce((sum, ms) => sum + ms, 0) > ENOUGH_MS;
      if (errors.has(name) || hasEnough) continue;
      const answer = await child.run({ file: path, format });
      if ("error" in answer) errors.set(name, answer.error);
      else if (round >= 0) {
        cpu.set(name, [...had, answer.cpuMs]);
        wall.set(name, [...(wall.get(name) ?? []), answer.wallMs]);
      }
    }
  }
  return [...children.keys()].map((name) => {
    const rounds = cpu.get(name) ?? [];
    const [cpuMs, wallMs] = [median(rounds), median(wall.get(name) ?? [])];
    const error = errors.get(name);
    if (error !== undefined) console.error(`${label}, ${name}: ${error}`);
    return { input: label, contender: name, cpuMs, wallMs, rounds, error };
  });
}

/** What each writes of one photo: equal work has equal sizes, sampling and tables. */
async function describeWork(children: ReadonlyMap<string, ContenderProcess>): Promise<Table> {
  const rows: (string | number)[][] = [];
  const [path] = makeInputs(["12mp.jpg"]);
  for (const [name, child] of children) {
    const keep = imageState("kept", name);
    rmSync(keep, { recursive: true, force: true });
    mkdirSync(keep, { recursive: true });
    const answer = await child.run({ file: path, format: "jpeg", keep });
    if ("error" in answer) continue;
    for (const variant of ["large", "medium", "thumb"]) {
      const facts = jpegFacts(readFileSync(join(keep, `${variant}.jpeg`)));
      const sizes = readdirSync(keep).filter((file) => file.startsWith(variant));
      const bytes = sizes.map((file) => `${readFileSync(join(keep, file)).length} ${file.split(".")[1]}`);
      const kind = `${facts.sampling}, ${facts.isProgressive ? "progressive" : "baseline"}`;
      const tables = facts.isOptimised ? "optimised" : "standard";
      rows.push([NAMES[name], variant, `${facts.width}×${facts.height}`, kind, tables, bytes.join(", ")]);
    }
  }
  const columns = ["contender", "variant", "pixels", "JPEG", "Huffman tables", "bytes"];
  return { title: "What each writes of the 12 MP photo", columns, rows };
}

function ratioRows(of: (input: string, name: string) => number): Table["rows"] {
  const times = (a: number, b: number): string | null => (a > 0 && b > 0 ? `${(a / b).toFixed(2)}×` : null);
  return chosenInputs.map(([label]) => {
    const ours = of(label, "vitrine-jpeg");
    return [
      label,
      times(of(label, "pillow-after"), ours),
      times(of(label, "pillow-draft"), ours),
      times(of(label, "photon"), ours),
      times(of(label, "sharp-documented"), ours),
      times(ours, of(label, "sharp-cascade")),
      times(of(label, "pillow-after-webp"), of(label, "vitrine")),
      times(of(label, "vitrine"), of(label, "sharp-cascade-both")),
    ];
  });
}

/** The goals, of JPEG at 12 megapixels and up. */
function goalRows(of: (input: string, name: string) => number): Table["rows"] {
  return ["MP", "MP progressive"].flatMap((kind) => {
    const labels = chosenInputs.map(([label]) => label).filter((label) => LARGE.exec(label)?.[2] === kind);
    const ratios = (top: string, bottom: string): number[] =>
      labels.map((label) => of(label, top) / of(label, bottom)).filter((ratio) => ratio > 0);
    const what = kind === "MP" ? "baseline" : "progressive";
    return [
      [`${what}: Pillow after ÷ ours, least`, "≥ 2", Math.min(...ratios("pillow-after", "vitrine-jpeg"))],
      [`${what}: photon's cascade ÷ ours, least`, "≥ 4", Math.min(...ratios("photon", "vitrine-jpeg"))],
      [
        `${what}: ours ÷ sharp's cascade, most`,
        "≤ 1.3",
        Math.max(...ratios("vitrine-jpeg", "sharp-cascade")),
      ],
    ];
  });
}

function report(measured: readonly Measured[], work: Table): void {
  const of = (input: string, name: string): number =>
    measured.find((one) => one.input === input && one.contender === name)?.cpuMs ?? Number.NaN;
  const isWhole = OPTIONS.only === undefined && OPTIONS.inputs === undefined;
  writeReport({
    name: isWhole ? "images-cpu" : "images-cpu-partial",
    title: "CPU of one image: read once, three variants written",
    command: "npm run bench images-cpu",
    versions: ["sharp", "@cf-wasm/photon"],
    notes: [
      `User and system time of the whole process, each contender in a process of its own, all on the same core (taskset), in turns; medians of up to ${ROUNDS} rounds after one that warms.`,
      "The file is in memory (Pillow: in the page cache). Three JPEGs at quality 85: large 1200, medium 500, thumb 100.",
      "Vitrine: the codec's module, fed 64 KiB at a time, writing baseline JPEGs as the rivals do. `JPEG and WebP`: the port as the pipeline runs it, with both formats, the smaller kind of JPEG and the ThumbHash; PNG instead of JPEG where transparent, which the rivals are not asked for: their JPEG of it is on white.",
      "sharp: concurrency 1, no cache. Cascade: shrink-on-load once, each size from the pixels of the one before. Three pipelines: `sharp(input).autoOrient().resize().jpeg()` for each size, as its documentation has it.",
      "Pillow: the reference's process_single_image (`after`) and process_draft (`after_draft`) on one core. photon: each size from the one before, every image freed; it turns no photo upright and converts no profile.",
      "Photos of 12 MP and up are real ones laid side by side at their own resolution; smaller ones are reduced from one.",
    ],
    tables: [
      {
        title:
          "Ratios of CPU time, theirs ÷ ours (beside sharp's cascade ours ÷ theirs, where less is better)",
        columns: [
          "input",
          "Pillow after",
          "Pillow after_draft",
          "photon",
          "sharp, three pipelines",
          "ours ÷ sharp's cascade",
          "with WebP: Pillow after",
          "with WebP: ours ÷ sharp's",
        ],
        rows: ratioRows(of),
      },
      { title: "Goals, at 12 MP and up", columns: ["figure", "goal", "measured"], rows: goalRows(of) },
      {
        title: "CPU ms",
        columns: ["input", ...chosenNames.map((name) => NAMES[name])],
        rows: chosenInputs.map(([label]) => [label, ...chosenNames.map((name) => of(label, name))]),
      },
      work,
    ],
    data: measured,
  });
}

async function main(): Promise<void> {
  makeInputs([...chosenInputs.map(([, file]) => file), "12mp.jpg"]);
  const core = availableParallelism() - 1;
  const children = new Map(chosenNames.map((name) => [name, new ContenderProcess(name, core)]));
  try {
    const measured: Measured[] = [];
    for (const input of chosenInputs) {
      const some = await measureInput(children, input);
      measured.push(...some);
      console.error(
        input[0],
        some.map(({ contender, cpuMs }) => `${contender} ${cpuMs.toFixed(0)}`).join(", "),
      );
    }
    report(measured, await describeWork(children));
  } finally {
    for (const child of children.values()) child.stop();
  }
}

await main();
