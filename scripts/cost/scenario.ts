/** What the simulation is asked for. Shares are between 0 and 1. */
export interface Scenario {
  /** That reach the Worker in a month. */
  requests: number;
  products: number;
  organisations: number;
  /** Alive at once, over all data centres. */
  isolates: number;
  isolateHours: number;
  /** The busiest second beside the mean one. */
  peak: number;
  /** Of searches: the same at the same version of the index, in the isolate or the data centre. */
  searchHits: number;
  /** Of pictures, in the data centre. */
  pictureHits: number;
  /** Of overviews and tables of users, at the same version of the organisation. */
  dashboardHits: number;
  imagesPerProduct: number;
  /** How long what has come of an organisation waits for more before it is folded; 1 as built. */
  foldSeconds: number;
  /** How long posts and uploads have been piling up. */
  months: number;
  /** `head_sampling_rate` in wrangler.toml. */
  logs: number;
}

export const DEFAULTS: Scenario = {
  requests: 1_000_000_000,
  products: 10_000_000,
  organisations: 1_000,
  isolates: 200,
  isolateHours: 1,
  peak: 3,
  searchHits: 0.5,
  pictureHits: 0.9,
  dashboardHits: 0.5,
  imagesPerProduct: 1,
  foldSeconds: 1,
  months: 12,
  logs: 1,
};

export const HELP: Record<keyof Scenario, string> = {
  requests: "requests a month that reach the Worker",
  products: "products in the catalogue",
  organisations: "organisations that the events are spread over",
  isolates: "isolates alive at once: 50 data centres with four each",
  isolateHours: "hours that an isolate lives",
  peak: "the busiest second, times the mean",
  searchHits: "share of searches found in a cache",
  pictureHits: "share of pictures found in the data centre's cache",
  dashboardHits: "share of dashboards' answers found in a cache",
  imagesPerProduct: "uploaded images a product",
  foldSeconds: "seconds that events wait for more before they are folded; 1 as built",
  months: "months that posts and uploads have been piling up",
  logs: "share of invocations that are logged",
};

const SHARES = new Set<keyof Scenario>(["searchHits", "pictureHits", "dashboardHits", "logs"]);
const ABOVE_ZERO = new Set<keyof Scenario>([
  "organisations",
  "isolates",
  "isolateHours",
  "peak",
  "foldSeconds",
]);

export const NAMES = Object.keys(DEFAULTS) as (keyof Scenario)[];

/** The defaults with what is given in words (`1e9`); throws what is wrong with it in words. */
export function scenarioOf(given: Readonly<Record<string, unknown>>): Scenario {
  const scenario = { ...DEFAULTS };
  for (const name of NAMES) {
    const text = given[name];
    if (text === undefined) continue;
    const value = typeof text === "string" && text.trim() !== "" ? Number(text) : Number.NaN;
    const most = SHARES.has(name) ? 1 : 1e15;
    if (!(value >= 0 && value <= most) || (ABOVE_ZERO.has(name) && value === 0))
      throw new Error(
        `--${name} takes ${ABOVE_ZERO.has(name) ? "a number above 0" : `a number from 0 to ${most}`}, not "${text}"`,
      );
    scenario[name] = value;
  }
  return scenario;
}
