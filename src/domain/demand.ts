/** What a tenant asks for. */
export interface Ask {
  shares: number;
  /** As many tenants it counts for: its fair part is so many times that of one. */
  weight: number;
}

interface Demand {
  /** Shares by weight that were asked for in about the last second: each counts less the older it is. */
  asked: number;
  at: number;
  /** What it may use of a request, where it asks for too much; at a request's shares that one passes. */
  credit: number;
}

const SECOND_MS = 1_000;
/** Far more than an isolate can do. */
const UNLIMITED = 1_000_000;
/** Who asks for less is no flood. */
const LEAST = 5;
const GROWTH = 1.125;
/** The most that is cut at once. */
const CUT = 0.5;
/** Of those who pass, so many find no room: then no room is left empty. */
const SURPLUS = 0.15;
const NEGLIGIBLE = 0.01;
const MOST_TENANTS = 4_096;
/** First credits spread evenly, so that of many who ask once, a part passes. */
const GOLDEN = 0.618_033_988_75;

/**
 * What tenants ask for, and how much of it passes: all of who asks for no more than the fair part, which is the same for
 * all, and of others that part (max-min fairness). The fair part follows from what then finds no room, without a count of
 * who is there: Approximate Fair Dropping (Pan, Breslau, Prabhakar and Shenker, Computer Communication Review 33(2), 2003).
 * Times are in milliseconds.
 */
export class Demands {
  /** The longest unheard of first. */
  readonly #demands = new Map<string, Demand>();
  /** Shares a second by weight that each tenant may have. */
  #fair = UNLIMITED;
  #mean = 0;
  #newcomers = 0;

  /** Counts a request: whether it passes, and whether its tenant asks for less than most. */
  ask(now: number, tenant: string, { shares, weight }: Ask): { passes: boolean; isModest: boolean } {
    const demand = this.#demandOf(tenant, now);
    demand.asked += shares / weight;
    const isModest = demand.asked <= Math.min(this.#fair, this.#mean);
    if (demand.asked <= this.#fair) return { passes: true, isModest };
    demand.credit += (shares * this.#fair) / demand.asked;
    const passes = demand.credit >= shares;
    if (passes) demand.credit -= shares;
    return { passes, isModest };
  }

  /** Of those who passed, `full` shares of `all` found no room in the last intervals. */
  adjust(now: number, { full, all, intervals }: { full: number; all: number; intervals: number }): void {
    const highest = this.#survey(now);
    const surplus = all > 0 ? full / all : 0;
    if (surplus <= SURPLUS) this.#fair = Math.min(UNLIMITED, this.#fair * GROWTH ** intervals);
    else this.#fair = Math.max(LEAST, Math.min(this.#fair, highest) * Math.max(CUT, 1 - surplus + SURPLUS));
  }

  #demandOf(tenant: string, now: number): Demand {
    const known = this.#demands.get(tenant);
    const demand = known ?? { asked: 0, at: now, credit: (this.#newcomers++ * GOLDEN) % 1 };
    demand.asked = fadedBy(demand, now);
    demand.at = now;
    this.#demands.delete(tenant);
    this.#demands.set(tenant, demand);
    for (const longest of this.#demands.keys()) {
      if (this.#demands.size <= MOST_TENANTS) break;
      this.#demands.delete(longest);
    }
    return demand;
  }

  /** Forgets who has asked for nothing for long, and answers the most that one asks for. */
  #survey(now: number): number {
    let [sum, highest] = [0, 1];
    for (const [tenant, demand] of this.#demands) {
      const asked = fadedBy(demand, now);
      if (asked < NEGLIGIBLE) this.#demands.delete(tenant);
      sum += asked;
      highest = Math.max(highest, asked);
    }
    this.#mean = sum / Math.max(1, this.#demands.size);
    return highest;
  }
}

function fadedBy({ asked, at }: Demand, now: number): number {
  return asked * Math.exp(-Math.max(0, now - at) / SECOND_MS);
}
