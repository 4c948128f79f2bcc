/** What a document earns beside its words' scores: the part of the ranking that may be set. */
export interface RankingWeights {
  /** For words that stand together in the title as they were typed. */
  proximity: number;
  /** For a title that begins with the query. */
  begins: number;
  /** For a title that is the query, beside `begins`. */
  equals: number;
  /** For the best rated and available product. */
  popularity: number;
}

export const RANKING_WEIGHTS = ["proximity", "begins", "equals", "popularity"] as const;
/** All together stay far below what one more word of the query is worth. */
export const MAX_RANKING_WEIGHT = 10;

/** What an experiment may vary and a tuning may set: nothing else is either's to touch. */
export interface ParameterValues {
  ranking: RankingWeights;
  /** Products of a page of `GET /v1/search` whose request names no limit. */
  search_page_size: number;
  /** Posts of a page of `GET /v1/feed` whose request names no limit. */
  feed_page_size: number;
  /** For how long the first page of a feed may answer its own viewer again. */
  feed_cache_seconds: number;
}
export type Parameter = keyof ParameterValues;
export type ParameterValue = ParameterValues[Parameter];

export const PARAMETERS = [
  "ranking",
  "search_page_size",
  "feed_page_size",
  "feed_cache_seconds",
] as const satisfies readonly Parameter[];

/** What decides on an organisation's own search, which nobody else is answered by: all that it may vary. */
export const PARAMETERS_OF_ORGS = ["ranking", "search_page_size"] as const satisfies readonly Parameter[];

/** Without a tuning. */
export const STANDARD: Readonly<ParameterValues> = {
  ranking: { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 0.25 },
  search_page_size: 20,
  feed_page_size: 20,
  feed_cache_seconds: 5,
};

/** Whole numbers, both ends included. */
export const BOUNDS: Readonly<Record<Exclude<Parameter, "ranking">, readonly [number, number]>> = {
  search_page_size: [1, 100],
  feed_page_size: [1, 100],
  feed_cache_seconds: [1, 30],
};

/** Who is given one arm: a person or browser, or everybody who asks the same. */
export const UNITS = ["user", "query"] as const;
export type Unit = (typeof UNITS)[number];

export const EXPERIMENT_STATES = ["running", "ended"] as const;
export type ExperimentLifeState = (typeof EXPERIMENT_STATES)[number];

export const ARMS = ["control", "treatment"] as const;
export type Arm = (typeof ARMS)[number];

/** The outcome of a result being opened; any other is the name of an activity. */
export const CLICK = "click";

/** The scope of the whole deployment; of an organisation it is its id. */
export const DEPLOYMENT = "deployment";

export const EXPERIMENT_LIMITS = { name: 63, description: 500, outcome: 100, share: [0.01, 0.99] } as const;
/** Of organisations all together: every isolate holds all that runs and all that is set. The deployment's own do not count. */
export const MOST_RUNNING = 200;
export const MOST_SET = 2_000;
export const EXPERIMENT_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What an isolate knows of one that is running. */
export interface RunningExperiment {
  number: number;
  scope: string;
  name: string;
  parameter: Parameter;
  control: ParameterValue;
  treatment: ParameterValue;
  unit: Unit;
  /** Of the units, how many are given the treatment: 0 to 1. */
  share: number;
  /** What keeps its split apart from all others'. */
  salt: string;
  outcome: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/** Whether `value` is one that `parameter` may have; what is stored may have been written by another version. */
export function isValueOf(parameter: Parameter, value: unknown): value is ParameterValue {
  if (parameter === "ranking") return isRanking(value);
  const [min, max] = BOUNDS[parameter];
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function isRanking(value: unknown): value is RankingWeights {
  if (typeof value !== "object" || value === null) return false;
  const weights = Object.entries(value);
  const isWeight = ([name, weight]: [string, unknown]) =>
    RANKING_WEIGHTS.some((one) => one === name) &&
    typeof weight === "number" &&
    weight >= 0 &&
    weight <= MAX_RANKING_WEIGHT;
  return weights.length === RANKING_WEIGHTS.length && weights.every(isWeight);
}

/** The same text for the same value, whatever the order of its members. */
export function valueText(parameter: Parameter, value: ParameterValue): string {
  if (typeof value === "number") return `${parameter}=${value}`;
  return `${parameter}=${RANKING_WEIGHTS.map((name) => value[name]).join()}`;
}
