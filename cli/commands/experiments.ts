import type { Api } from "../api.ts";
import { openApi, operatorApi, type Command, type Invocation } from "../command.ts";
import { EXIT, UsageError } from "../errors.ts";
import { printFields, printRows } from "../output.ts";
import { experimentOf, type Experiment } from "../experiments/answer.ts";
import { printReading, summaryOf } from "../experiments/reading.ts";
import { valueOf } from "../experiments/value.ts";

const ORG_HELP = [
  "--org ORG",
  "Slug or id of an organisation, for one on its own search;\nwithout it those of the whole deployment (operator)",
] as const;
const ORG_OPTION = { org: { type: "string" } } as const;

interface Place {
  api: Api;
  /** Of its experiments. */
  path: string;
  /** Of what is set for good. */
  settings: string;
}

function placeOf(invocation: Invocation): Place {
  const org = invocation.text("org");
  if (org === undefined)
    return {
      api: operatorApi(invocation),
      path: "/v1/admin/experiments",
      settings: "/v1/admin/settings",
    };
  const base = `/v1/orgs/${encodeURIComponent(org)}`;
  // A person's, or for reading a key's: the operator's may not.
  const api = openApi(invocation, invocation.text("key") ?? invocation.environment.VITRINE_KEY);
  return { api, path: `${base}/experiments`, settings: `${base}/search-settings` };
}

function show(invocation: Invocation, experiment: Experiment): number {
  if (invocation.flag("json")) printFields(invocation, experiment);
  else printReading(invocation, experiment);
  return EXIT.ok;
}

export const listExperiments: Command = {
  name: "experiments list",
  summary: "List experiments and how they stand",
  usage: "[--state running|ended] [--org ORG]",
  help: [ORG_HELP, ["--state STATE", "running or ended; both by default"]],
  options: { ...ORG_OPTION, state: { type: "string" } },
  words: [0, 0],
  async run(invocation) {
    const { api, path } = placeOf(invocation);
    const experiments: Experiment[] = [];
    const query = { state: invocation.text("state") };
    for await (const one of api.list(path, query)) experiments.push(experimentOf(one));
    if (invocation.flag("json")) printRows(invocation, experiments, []);
    else
      printRows(invocation, experiments.map(summaryOf), [
        "name",
        "parameter",
        "state",
        "units",
        "rate",
        "difference",
        "verdict",
      ]);
    return EXIT.ok;
  },
};

export const showExperiment: Command = {
  name: "experiments show",
  summary: "Show an experiment: both arms, their difference and how sure it is",
  usage: "NAME [--org ORG]",
  help: [ORG_HELP],
  options: ORG_OPTION,
  words: [1, 1],
  async run(invocation) {
    const { api, path } = placeOf(invocation);
    const [name] = invocation.words;
    return show(invocation, experimentOf(await api.call({ path: `${path}/${encodeURIComponent(name)}` })));
  },
};

export const startExperiment: Command = {
  name: "experiments start",
  summary: "Start an experiment",
  usage: "NAME --parameter PARAMETER --treatment VALUE [--org ORG]",
  help: [
    ORG_HELP,
    ["--parameter PARAMETER", "ranking, search_page_size, feed_page_size or feed_cache_seconds"],
    ["--treatment VALUE", "A number; of ranking what differs from now: popularity=1,proximity=0.2"],
    ["--control VALUE", "The same for the other arm; the present setting by default"],
    ["--unit UNIT", "user (by default) or query: who is given one arm"],
    ["--share SHARE", "Of units, how many get the treatment: 0.01 to 0.99, 0.5 by default"],
    ["--outcome NAME", "click (by default), or the name of an activity such as purchase"],
    ["--description TEXT", "What is to be learnt"],
  ],
  options: {
    ...ORG_OPTION,
    parameter: { type: "string" },
    treatment: { type: "string" },
    control: { type: "string" },
    unit: { type: "string" },
    share: { type: "string" },
    outcome: { type: "string" },
    description: { type: "string" },
  },
  words: [1, 1],
  async run(invocation) {
    const { text } = invocation;
    const [parameter, treatment, control] = [text("parameter"), text("treatment"), text("control")];
    if (parameter === undefined || treatment === undefined)
      throw new UsageError(`Usage: vitrine ${startExperiment.name} ${startExperiment.usage}`);
    const { api, path, settings } = placeOf(invocation);
    const read = (value: string) => valueOf(value, parameter, () => api.call({ path: settings }));
    const share = text("share");
    const body = {
      name: invocation.words[0],
      parameter,
      treatment: await read(treatment),
      control: control === undefined ? undefined : await read(control),
      unit: text("unit"),
      share: share === undefined ? undefined : Number(share),
      outcome: text("outcome"),
      description: text("description"),
    };
    return show(invocation, experimentOf(await api.call({ method: "POST", path, body })));
  },
};

export const endExperiment: Command = {
  name: "experiments end",
  summary: "End an experiment: the treatment becomes the setting for all, or nothing changes",
  usage: "NAME --decision treatment|control [--org ORG]",
  help: [ORG_HELP, ["--decision ARM", "treatment: set for all; control: all goes on as it was"]],
  options: { ...ORG_OPTION, decision: { type: "string" } },
  words: [1, 1],
  async run(invocation) {
    const decision = invocation.text("decision");
    if (decision === undefined) throw new UsageError("Say how it ends: --decision treatment or control");
    const { api, path } = placeOf(invocation);
    const call = { method: "POST", path: `${path}/${encodeURIComponent(invocation.words[0])}/end` };
    return show(invocation, experimentOf(await api.call({ ...call, body: { decision } })));
  },
};
