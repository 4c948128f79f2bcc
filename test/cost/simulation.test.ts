import { describe, expect, test } from "vitest";
import { createRandom } from "../../cli/demo/random.ts";
import { CPU_CLASSES } from "../../src/domain/budget.ts";
import { figure, readFigures } from "../../scripts/cost/figures.ts";
import type { Facts } from "../../scripts/cost/jobs-work.ts";
import { limitsOf } from "../../scripts/cost/limits.ts";
import { foldedRowsAt, readMeasured } from "../../scripts/cost/measured.ts";
import { listPrice, PLANS_USD, sumOf, UNITS } from "../../scripts/cost/prices.ts";
import { reportOf } from "../../scripts/cost.ts";
import { reportText } from "../../scripts/cost/report.ts";
import { DEFAULTS, scenarioOf } from "../../scripts/cost/scenario.ts";
import type { Scenario } from "../../scripts/cost/scenario.ts";
import { simulate } from "../../scripts/cost/simulate.ts";
import { sharesOf, trafficOf } from "../../scripts/cost/traffic.ts";
import { knownRoutes } from "./known.ts";

const known = knownRoutes();
const { driven } = known;
const figures = readFigures();
const measured = readMeasured();
const plans = PLANS_USD.workers + PLANS_USD.turso;

function factsOf(change: Partial<Scenario>): Facts {
  const scenario = { ...DEFAULTS, ...change };
  return { scenario, traffic: trafficOf(figures, scenario), figures, measured };
}

const simulated = (change: Partial<Scenario> = {}) => simulate(factsOf(change), known);

/** Shops of any size, the same each time. */
function scenarios(count: number): Scenario[] {
  const random = createRandom(7);
  const between = (low: number, high: number): number => low * (high / low) ** random.next();
  return Array.from({ length: count }, () => ({
    requests: between(1, 1e11),
    products: Math.round(between(1, 1e8)),
    organisations: Math.round(between(1, 1e5)),
    isolates: Math.round(between(1, 1e4)),
    isolateHours: between(0.01, 100),
    peak: between(1, 20),
    searchHits: random.next(),
    pictureHits: random.next(),
    dashboardHits: random.next(),
    imagesPerProduct: random.next() * 3,
    foldSeconds: between(0.1, 1_000),
    months: between(1, 60),
    logs: random.next(),
  }));
}

describe("whatever the shop", () => {
  const shops = scenarios(200);

  test("more traffic never costs less, in any unit", () => {
    for (const shop of shops) {
      const [less, more] = [simulated(shop), simulated({ ...shop, requests: shop.requests * 1.7 })];
      expect(more.totalUsd).toBeGreaterThanOrEqual(less.totalUsd);
      for (const unit of UNITS)
        expect(more.usage[unit], unit).toBeGreaterThanOrEqual(less.usage[unit] * (1 - 1e-12));
    }
  });

  test.each(["products", "months", "imagesPerProduct", "logs"] as const)(
    "more %s never costs less",
    (name) => {
      for (const shop of shops) {
        const more = { ...shop, [name]: name === "logs" ? 1 : shop[name] * 1.7 };
        expect(simulated(more).totalUsd).toBeGreaterThanOrEqual(simulated(shop).totalUsd - 1e-9);
      }
    },
  );

  test.each(["searchHits", "pictureHits", "dashboardHits"] as const)("more %s never cost more", (name) => {
    for (const shop of shops)
      expect(simulated({ ...shop, [name]: 1 }).totalUsd).toBeLessThanOrEqual(simulated(shop).totalUsd + 1e-9);
  });

  test("the sums agree: of routes, of jobs, of units, with what is included and the plans", () => {
    for (const shop of shops) {
      const { works, usage, list, bill, totalUsd } = simulated(shop);
      const requests = works
        .filter(({ kind }) => kind === "route")
        .reduce((sum, { times }) => sum + times, 0);
      expect(requests / shop.requests).toBeCloseTo(1, 9);
      const byWork = works.reduce((sum, one) => sum + sumOf(listPrice(one.usage)), 0);
      expect(byWork / sumOf(list)).toBeCloseTo(1, 9);
      expect(totalUsd).toBeCloseTo(plans + sumOf(bill), 6);
      for (const unit of UNITS) {
        expect(bill[unit]).toBeLessThanOrEqual(list[unit]);
        expect(usage[unit]).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

describe("at the ends", () => {
  test("nothing costs the plans", () => {
    expect(simulated({ requests: 0, products: 0 }).totalUsd).toBe(plans);
  });

  test("a small shop costs the plans", () => {
    expect(simulated({ requests: 1e6, products: 1_000 }).totalUsd).toBe(plans);
  });

  test("far beyond what is included, twice the traffic costs close to twice as much", () => {
    const [one, two] = [1e12, 2e12].map((requests) => simulated({ requests, products: 0 }).totalUsd);
    expect(two / one).toBeGreaterThan(1.9);
    expect(two / one).toBeLessThanOrEqual(2);
  });

  test("without logs, none are billed", () => {
    expect(simulated({ logs: 0 }).bill.logEvents).toBe(0);
  });
});

describe("limits", () => {
  const broken = (change: Partial<Scenario>) => {
    const facts = factsOf(change);
    const { requests, peak } = facts.scenario;
    const limits = limitsOf(facts, simulated(change), simulated({ ...change, requests: requests * peak }));
    return limits.filter(({ verdict }) => verdict === "BREAKS").map(({ what }) => what);
  };

  test("a shop of 200,000 products and ten million requests breaks none", () => {
    expect(broken({ requests: 1e7, products: 200_000, months: 1, isolates: 50 })).toEqual([]);
  });

  test("ten million products are too many for one isolate, and for the Workers that one request may ask", () => {
    expect(broken({})).toEqual(
      expect.arrayContaining([
        "index in one isolate",
        "products of one isolate",
        "partitions that one request asks",
      ]),
    );
  });

  test("at some traffic the only writer is too slow", () => {
    expect(broken({ requests: 1e11, products: 1_000 })).toContain("the database's only writer");
  });
});

describe("what it is made of", () => {
  test("shares of the traffic add up to all of it, of routes that have receipts", () => {
    const { traffic } = factsOf({});
    expect(sharesOf(traffic).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { route } of traffic) expect(driven).toHaveProperty([route]);
  });

  test("CPU time that was measured is within the class that the route declares", () => {
    const timed = factsOf({}).traffic.filter(({ cpuMs }) => cpuMs !== undefined);
    expect(timed.length).toBeGreaterThan(5);
    for (const { route, cpuMs } of timed)
      expect(cpuMs?.value, route).toBeLessThanOrEqual(CPU_CLASSES[known.cpuOf[route]]);
  });

  test("a route without a receipt is told", () => {
    expect(() => simulate(factsOf({}), { ...known, driven: {} })).toThrow("There is no receipt of GET /");
  });

  test("a result that is not there is told", () => {
    expect(() => figure("memory", "Megabytes", "Nobody", "index")).toThrow(
      "memory.md: Megabytes, Nobody, index",
    );
    expect(figure("memory", "Megabytes", "Vitrine", "index").value).toBeGreaterThan(1);
  });

  test("rows of a fold lie between those of the sizes that were measured", () => {
    const of = { ...measured, foldedRows: { 1: 20, 100: 10 } };
    expect([0.5, 1, 10, 100, 1_000].map((size) => foldedRowsAt(of, size))).toEqual([20, 20, 15, 10, 10]);
  });

  test.each([
    [{ requests: "many" }, "--requests takes a number from 0"],
    [{ requests: "-1" }, "--requests takes a number from 0"],
    [{ logs: "1.5" }, "--logs takes a number from 0 to 1"],
    [{ isolates: "0" }, "--isolates takes a number above 0"],
    [{ products: "" }, "--products takes a number from 0"],
  ])("%o is refused", (given, words) => {
    expect(() => scenarioOf(given)).toThrow(words);
  });

  test("numbers are taken as programs write them", () => {
    expect(scenarioOf({ requests: "1e9", logs: "0.1" })).toEqual({ ...DEFAULTS, requests: 1e9, logs: 0.1 });
  });
});

test("the report names every route and job, the limits, and where its numbers come from", () => {
  const report = reportOf(DEFAULTS, known);
  const text = reportText(report);
  for (const { name } of report.simulation.works) expect(text).toContain(name);
  for (const { what } of report.limits) expect(text).toContain(what);
  for (const { source } of Object.values(report.figures)) expect(text).toContain(source);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});
