/** A reading of Prometheus' text exposition format 0.0.4 that takes nothing else. */
export interface Family {
  type: string;
  help: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;
const VALUE = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|NaN|[+-]Inf)$/i;

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    if (match === null) throw new Error(`Not labels: ${text}`);
    const [, name, value] = match;
    if (name in labels) throw new Error(`Twice the label ${name}: ${text}`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}

/** Samples belong to the family before them; a family stands once, with HELP and TYPE before its samples. */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("The last line does not end");
  const families = new Map<string, Family>();
  let open: [string, Family] | null = null;
  for (const line of text.slice(0, -1).split("\n")) {
    const head = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (head !== null) open = headed(families, open, head);
    else open = sampled(open, line);
  }
  return families;
}

function headed(
  families: Map<string, Family>,
  open: [string, Family] | null,
  [, word, name, rest]: readonly string[],
): [string, Family] {
  if (!NAME.test(name)) throw new Error(`Not a name: ${name}`);
  if (word === "HELP") {
    if (families.has(name)) throw new Error(`Twice the family ${name}`);
    const family: Family = { type: "", help: rest, samples: [] };
    families.set(name, family);
    return [name, family];
  }
  if (open?.[0] !== name || open[1].type !== "") throw new Error(`TYPE of ${name} without HELP before it`);
  if (!/^(?:counter|gauge|histogram)$/.test(rest)) throw new Error(`Not a type: ${rest}`);
  open[1].type = rest;
  return open;
}

function sampled(open: [string, Family] | null, line: string): [string, Family] {
  const match = SAMPLE.exec(line);
  if (match === null || !VALUE.test(match[3])) throw new Error(`Not a sample: ${line}`);
  const [, name, labels = "", value] = match;
  if (open === null || open[1].type === "") throw new Error(`A sample before its TYPE: ${line}`);
  const allowed =
    open[1].type === "histogram"
      ? ["_bucket", "_sum", "_count"].map((suffix) => open[0] + suffix)
      : [open[0]];
  if (!allowed.includes(name)) throw new Error(`A sample of another family: ${line}`);
  open[1].samples.push({ name, labels: labelsOf(labels), value: Number(value.replace("Inf", "Infinity")) });
  return open;
}

/** The sum of the samples of this name that have these labels. */
export function valueOf(
  families: Map<string, Family>,
  name: string,
  labels: Record<string, string> = {},
): number {
  const family = families.get(name.replace(/_(?:bucket|sum|count)$/, "")) ?? families.get(name);
  const found = family?.samples.filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  return (found ?? []).reduce((sum, { value }) => sum + value, 0);
}
