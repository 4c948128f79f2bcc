import { record, type Api } from "../api.ts";
import { operatorApi, wholeNumber, type Command, type Invocation } from "../command.ts";
import { ApiError, EXIT, UsageError } from "../errors.ts";
import { printFields, printRows } from "../output.ts";
import { patiently } from "../patience.ts";
import { barOf, ProgressLine } from "../progress-line.ts";

type Row = Readonly<Record<string, unknown>>;

const PATH = "/v1/admin/dead-letters";
const KIND_HELP = ["--kind KIND", "Only jobs of this kind, for example images.resize"] as const;

const pathOf = (id: string, rest = ""): string => `${PATH}/${encodeURIComponent(id)}${rest}`;

/** Those that wait, the newest first. */
async function* waiting(invocation: Invocation, api: Api): AsyncGenerator<Row> {
  const kind = invocation.text("kind");
  for await (const one of api.list(PATH)) {
    const letter = record(one);
    if (kind === undefined || letter.kind === kind) yield letter;
  }
}

export const listDeadLetters: Command = {
  name: "dead-letters list",
  summary: "List the jobs that failed for good, with the reason, the newest first (operator)",
  usage: "[--kind KIND] [--limit N]",
  help: [KIND_HELP, ["--limit N", "At most so many; 50 by default"]],
  options: { kind: { type: "string" }, limit: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const limit = wholeNumber(invocation, "limit", 50, [1, 100_000]);
    const letters: Row[] = [];
    for await (const letter of waiting(invocation, operatorApi(invocation))) {
      if (letters.push(letter) > limit) break;
    }
    const shown = letters.slice(0, limit);
    printRows(invocation, shown, ["id", "kind", "attempts", "created_at", "reason"]);
    if (letters.length > limit) invocation.err(`There are more than these ${limit}: see --limit.\n`);
    return EXIT.ok;
  },
};

export const showDeadLetter: Command = {
  name: "dead-letters show",
  summary: "Show one job that failed for good, with its reason and what it was to do (operator)",
  usage: "DEAD_LETTER_ID",
  help: [],
  options: {},
  words: [1, 1],
  async run(invocation) {
    const [id] = invocation.words;
    printFields(invocation, record(await operatorApi(invocation).call({ path: pathOf(id) })));
    return EXIT.ok;
  },
};

export const redriveDeadLetters: Command = {
  name: "dead-letters redrive",
  summary: "Run jobs that failed for good again (operator)",
  usage: "DEAD_LETTER_ID … | --all [--kind KIND]",
  help: [["--all", "Each that waits now"], KIND_HELP],
  options: { all: { type: "boolean" }, kind: { type: "string" } },
  words: [0, Infinity],
  async run(invocation) {
    const { words } = invocation;
    const takesAll = invocation.flag("all");
    if (takesAll === words.length > 0)
      throw new UsageError("Name the dead letters to redrive, or give --all: see vitrine dead-letters list");
    if (!takesAll && invocation.text("kind") !== undefined)
      throw new UsageError("--kind goes with --all: what is named is redriven whatever it is");
    const api = operatorApi(invocation);
    return redrive(invocation, api, takesAll ? await idsOf(invocation, api) : [...new Set(words)]);
  },
};

/** All before the first is redriven: one that fails again comes back, and is not to be taken for another. */
async function idsOf(invocation: Invocation, api: Api): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of waiting(invocation, api)) ids.push(String(id));
  return ids;
}

async function redrive(invocation: Invocation, api: Api, ids: readonly string[]): Promise<number> {
  const progress = new ProgressLine(invocation, invocation.flag("json"));
  const redriven: { id: string; job_id: string }[] = [];
  const missing: string[] = [];
  try {
    for (const id of ids) {
      const job = await redriveOne(invocation, api, id, progress);
      if (job === null) missing.push(id);
      else redriven.push({ id, job_id: job });
      const done = redriven.length + missing.length;
      progress.update(() => `${barOf(done / ids.length)}  ${done} of ${ids.length}`);
    }
  } finally {
    progress.clear();
    report(invocation, redriven, missing);
  }
  return missing.length === 0 ? EXIT.ok : EXIT.failed;
}

/** The job's id; `null` where no dead letter waits under this id any more. */
async function redriveOne(
  { signal }: Invocation,
  api: Api,
  id: string,
  progress: ProgressLine,
): Promise<string | null> {
  try {
    const call = { method: "POST", path: pathOf(id, "/redrive"), signal };
    return String(
      record(await patiently(() => api.call(call), { signal, onRetry: progress.onRetry })).job_id,
    );
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 404) return null;
    throw error;
  }
}

function report(
  invocation: Invocation,
  redriven: readonly { id: string; job_id: string }[],
  missing: readonly string[],
): void {
  if (invocation.flag("json")) printFields(invocation, { redriven, missing });
  else
    invocation.out(
      redriven.length === 1 ? "Redrove 1 dead letter.\n" : `Redrove ${redriven.length} dead letters.\n`,
    );
  for (const id of missing) invocation.err(`No dead letter waits under ${id}.\n`);
}
