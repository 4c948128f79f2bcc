import { writeFileSync } from "node:fs";
import { wholeNumber, type Command, type Invocation } from "../command.ts";
import { EXIT, NetworkError, UsageError } from "../errors.ts";
import { printFields } from "../output.ts";
import { findInspector } from "../profile/find-inspector.ts";
import { flameGraph } from "../profile/flame-graph.ts";
import { Inspector } from "../profile/inspector.ts";
import { askOnce, Load, type LoadTarget } from "../profile/load.ts";
import { record, type Recording } from "../profile/record.ts";
import { factsOf, printFunctions, summarize, type ProfileSummary } from "../profile/report.ts";
import { SourceNames } from "../profile/source-names.ts";
import { foldStacks, functionTimes, type Stacks } from "../profile/stacks.ts";
import { hintOf, refuseUnexpected, targetOf } from "../profile/target.ts";

const SHOWN = 15;
/** Whatever serves a request needs more; what another process does meanwhile is less. */
const LEAST_REQUEST_MICROS = 30;
const UNTOUCHED_SHARE = 0.05;

export const profileRoute: Command = {
  name: "profile",
  summary: "Record what a route's CPU time goes to, under load: a flame graph",
  usage: "URL [--seconds N] [--connections N] [--out FILE.svg]",
  help: [
    ["--seconds N", "How long to record; 10 by default"],
    ["--connections N", "How many ask at once; 8 by default"],
    ["--warm-up N", "Seconds of load before; 2 by default"],
    [
      "--out FILE.svg",
      "The flame graph; profile.svg by default. FILE.cpuprofile\nfor DevTools is written beside it",
    ],
    [
      "--inspector HOST:PORT",
      "Where the deployment's inspector listens; else that of\nnpm run dev, else 127.0.0.1:9229",
    ],
    ["--header 'Name: value'", "Sent with each request; may be repeated"],
    ["--method METHOD", "GET by default, POST with a body"],
    ["--body TEXT | @FILE", "JSON, unless a header says otherwise"],
    ["--expect STATUS", "The answer that is no mistake; any 2xx by default"],
    ["", "{n} in the URL's query is another number in each request,\nso that no cache answers."],
    ["", "Without --key or --header no credential is sent."],
  ],
  options: {
    seconds: { type: "string" },
    connections: { type: "string" },
    "warm-up": { type: "string" },
    out: { type: "string" },
    inspector: { type: "string" },
    header: { type: "string", multiple: true },
    method: { type: "string" },
    body: { type: "string" },
    expect: { type: "string" },
  },
  words: [1, 1],
  async run(invocation) {
    const target = targetOf(invocation);
    const files = filesOf(invocation);
    const wanted = expectation(invocation);
    const plan = planOf(invocation);
    refuseUnexpected(await firstAnswer(target), wanted);
    const found = await findInspector(invocation, target.url);
    const inspector = await Inspector.open(found.socket);
    try {
      const recorded = await profile(invocation, target, inspector, plan);
      const names = new SourceNames(inspector.scripts, process.cwd(), (text) => invocation.err(`${text}\n`));
      const stacks = foldStacks(recorded.profile, (node) => names.place(node));
      const { connections } = plan;
      const summary = summarize(
        { url: target.url.href, runtime: found.runtime, connections },
        recorded.load,
        stacks,
      );
      refuseUseless(summary, found.address);
      const title = `${target.method} ${target.url.pathname}${target.url.search}`;
      writeFileSync(files.svg, flameGraph(stacks.root, { title, facts: factsOf(summary) }));
      writeFileSync(files.profile, JSON.stringify(names.rename(recorded.profile)));
      report(invocation, summary, stacks, files);
      warn(invocation, summary, wanted);
      return EXIT.ok;
    } finally {
      inspector.close();
    }
  },
};

function filesOf(invocation: Invocation): { svg: string; profile: string } {
  const svg = invocation.text("out") ?? "profile.svg";
  if (!svg.endsWith(".svg")) throw new UsageError(`--out is "${svg}": a name that ends in .svg is needed`);
  return { svg, profile: svg.replace(/\.svg$/, ".cpuprofile") };
}

function expectation(invocation: Invocation): number | null {
  return invocation.text("expect") === undefined ? null : wholeNumber(invocation, "expect", 200, [100, 599]);
}

async function firstAnswer(target: LoadTarget): ReturnType<typeof askOnce> {
  return askOnce(target).catch((error: unknown) => {
    const reason = error instanceof Error && error.message !== "" ? error.message : String(error);
    throw new NetworkError(`Cannot ask ${target.url.href}: ${reason}`);
  });
}

interface Plan {
  connections: number;
  seconds: number;
  warmUpSeconds: number;
}

function planOf(invocation: Invocation): Plan {
  return {
    connections: wholeNumber(invocation, "connections", 8, [1, 1_000]),
    seconds: wholeNumber(invocation, "seconds", 10, [1, 600]),
    warmUpSeconds: wholeNumber(invocation, "warm-up", 2, [0, 600]),
  };
}

async function profile(
  invocation: Invocation,
  target: LoadTarget,
  inspector: Inspector,
  { connections, seconds, warmUpSeconds }: Plan,
): Promise<Recording> {
  const told = `${warmUpSeconds} s of warming up, ${seconds} s recorded, ${connections} connections`;
  invocation.err(`Profiling ${target.method} ${target.url.href}: ${told} …\n`);
  const load = new Load(target, connections);
  try {
    return await record(inspector, load, { seconds, warmUpSeconds, signal: invocation.signal });
  } finally {
    await load.stop();
  }
}

/** Better no flame graph than one of another process, or of nothing. */
function refuseUseless(summary: ProfileSummary, address: string): void {
  const { answers, failures, busy, seconds } = summary;
  const [reason] = Object.keys(failures);
  if (answers === 0) throw new NetworkError(`No answer under load: ${reason ?? "the route is too slow"}`);
  const microsEach = (busy * seconds * 1_000_000) / answers;
  if (busy < UNTOUCHED_SHARE && microsEach < LEAST_REQUEST_MICROS)
    throw new NetworkError(
      `The inspector at ${address} saw nothing of ${answers} requests: it is another process's. Name the right one by --inspector.`,
    );
}

function report(
  invocation: Invocation,
  summary: ProfileSummary,
  stacks: Stacks,
  files: { svg: string; profile: string },
): void {
  const times = functionTimes(stacks).slice(0, SHOWN);
  const total = stacks.root.totalMicros;
  if (invocation.flag("json")) {
    const functions = times.map(({ name, at, selfMicros, totalMicros }) => ({
      name,
      at,
      self: Number((selfMicros / total).toFixed(4)),
      total: Number((totalMicros / total).toFixed(4)),
    }));
    printFields(invocation, { ...summary, functions, files });
    return;
  }
  invocation.out(`${factsOf(summary)}; the profiler's own cost is in it\n\n`);
  printFunctions(invocation, times, total);
  invocation.out(`\nFlame graph: ${files.svg}\nFor DevTools: ${files.profile}\n`);
}

function warn(
  invocation: Invocation,
  { statuses, failures, answers }: ProfileSummary,
  wanted: number | null,
): void {
  for (const [status, count] of Object.entries(statuses)) {
    const isWanted = wanted === null ? status.startsWith("2") : Number(status) === wanted;
    if (!isWanted)
      invocation.err(`${count} of ${answers} answers were ${status}.${hintOf(Number(status))}\n`);
  }
  for (const [reason, count] of Object.entries(failures))
    invocation.err(`${count} requests failed: ${reason}\n`);
}
