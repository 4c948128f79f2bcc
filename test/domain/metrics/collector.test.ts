import { describe, expect, test } from "vitest";
import { pick, pickIndex, type Random, seeded } from "../../../bench/random.ts";
import { MetricsCollector } from "../../../src/domain/metrics/collector.ts";
import type { MetricsFlush } from "../../../src/domain/metrics/flush.ts";
import { MetricsStore } from "../../../src/domain/metrics/store.ts";
import { keyOf } from "../../../src/domain/metrics/table.ts";
import { MemoryClock } from "../../../src/platform/memory/clock.ts";

const START = Date.UTC(2026, 0, 2);
const ROUTES = ["/a", "/b", "/c"];
const LEASE_MS = 30_000;

function requestsKey(route: string): string {
  return keyOf("http_requests", { method: "GET", route, status: "2xx" });
}

/** Isolates that flush over a way which loses calls, loses answers, and brings calls late and twice. */
class Network {
  readonly clock = new MemoryClock(START);
  readonly store = new MetricsStore(START);
  readonly isolates = Array.from({ length: 3 }, () => new MetricsCollector(this.clock));
  readonly counted = new Map<string, number>();
  readonly #late: MetricsFlush[] = [];
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  step(): void {
    const isolate = pick(this.#random, this.isolates);
    for (let i = pickIndex(this.#random, 5); i > 0; i--) this.#count(isolate);
    this.#flush(isolate);
    if (this.#late.length > 0 && this.#random() < 0.5) {
      const [flush] = this.#late.splice(pickIndex(this.#random, this.#late.length), 1);
      this.store.push(flush, this.clock.now());
    }
    this.clock.advance(pickIndex(this.#random, 20_000));
  }

  /** The network is well again: all that waits goes. */
  finish(): void {
    for (const isolate of this.isolates) {
      for (let i = 0; i < 3; i++) {
        this.clock.advance(LEASE_MS);
        const flush = isolate.take();
        if (flush === null) continue;
        this.store.push(flush, this.clock.now());
        isolate.arrived(flush.seq);
      }
    }
  }

  #count(isolate: MetricsCollector): void {
    const route = pick(this.#random, ROUTES);
    isolate.count("http_requests", { method: "GET", route, status: "2xx" });
    isolate.observe("http_request_duration", { method: "GET", route }, this.#random() * 100);
    this.counted.set(route, (this.counted.get(route) ?? 0) + 1);
  }

  #flush(isolate: MetricsCollector): void {
    const flush = isolate.take();
    if (flush === null) return;
    const luck = this.#random();
    // As it goes over the wire.
    const sent = structuredClone(flush);
    if (luck < 0.8) this.store.push(sent, this.clock.now());
    if (luck < 0.2) this.#late.push(sent);
    if (luck < 0.5) isolate.arrived(flush.seq);
    else if (luck < 0.9) isolate.failed(flush.seq);
  }
}

describe("what isolates hand over", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
    "counts once, whatever is lost, late or repeated on its way (seed %i)",
    (seed) => {
      const network = new Network(seed);
      for (let i = 0; i < 200; i++) network.step();
      network.finish();
      const { series } = network.store.totals(network.clock.now());
      const counters = new Map(series.counters);
      const histograms = new Map(series.histograms);
      for (const [route, expected] of network.counted) {
        expect(counters.get(requestsKey(route))).toBe(expected);
        const duration = histograms.get(keyOf("http_request_duration", { method: "GET", route }));
        expect(duration?.count).toBe(expected);
      }
    },
  );

  test("goes again under its number until it has arrived, and nothing overtakes it", () => {
    const clock = new MemoryClock(START);
    const isolate = new MetricsCollector(clock);
    isolate.count("jobs", { kind: "k", outcome: "done" });
    const first = isolate.take();
    isolate.count("jobs", { kind: "k", outcome: "done" });
    expect([first?.seq, isolate.take()]).toEqual([1, null]);
    clock.advance(LEASE_MS);
    expect(isolate.take()).toEqual(first);
    isolate.arrived(1);
    expect(isolate.take()?.seq).toBe(2);
  });

  test("takes bounded room: series that find none are counted", () => {
    const isolate = new MetricsCollector(new MemoryClock(START));
    for (let i = 0; i < 2_500; i++) isolate.count("jobs", { kind: `kind-${i}`, outcome: "done" });
    const counters = new Map(isolate.take()?.minutes[0].counters);
    expect(counters.size).toBe(2_001);
    expect(counters.get(keyOf("metrics_dropped", {}))).toBe(500);
  });

  test("counts the series that find no room where a minute is added to another", () => {
    const clock = new MemoryClock(START);
    const isolate = new MetricsCollector(clock);
    for (let minute = 0; minute < 11; minute++) {
      const series = minute < 2 ? 2_000 : 1;
      for (let i = 0; i < series; i++)
        isolate.count("jobs", { kind: `kind-${minute}-${i}`, outcome: "done" });
      clock.advance(60_000);
    }
    const counters = new Map(isolate.take()?.minutes.flatMap((minute) => minute.counters));
    expect(counters.get(keyOf("metrics_dropped", {}))).toBe(2_000);
  });

  test("keeps its sums while the hub is away for hours", () => {
    const clock = new MemoryClock(START);
    const isolate = new MetricsCollector(clock);
    for (let minute = 0; minute < 300; minute++) {
      isolate.count("jobs", { kind: "k", outcome: "done" });
      clock.advance(60_000);
    }
    const flush = isolate.take();
    expect(flush?.minutes.length).toBeLessThanOrEqual(10);
    const sum = flush?.minutes.reduce((total, { counters }) => total + (counters[0]?.[1] ?? 0), 0);
    expect(sum).toBe(300);
  });

  test("gauges are the isolate's last, and go where it has none any more", () => {
    const isolate = new MetricsCollector(new MemoryClock(START));
    isolate.gauge("index_generation", {}, 3);
    isolate.gauge("index_generation", {}, 4);
    isolate.gauge("index_change", {}, 9);
    isolate.gauge("index_change", {}, null);
    isolate.count("jobs", { kind: "k", outcome: "done" });
    expect(isolate.take()?.gauges).toEqual([[keyOf("index_generation", {}), 4]]);
  });
});

describe("the gauges of all isolates together", () => {
  test("are their sum, most or least, as each metric says, of those that were heard of", () => {
    const clock = new MemoryClock(START);
    const store = new MetricsStore(START);
    const tell = (generation: number, loaded: number) => {
      const isolate = new MetricsCollector(clock);
      isolate.gauge("index_generation", {}, generation);
      isolate.gauge("index_loaded", {}, loaded);
      isolate.gauge("index_documents", {}, generation * 10);
      isolate.count("jobs", { kind: "k", outcome: "done" });
      const flush = isolate.take();
      if (flush !== null) store.push(flush, clock.now());
    };
    const gauges = () => {
      const { gauges: told } = store.totals(clock.now());
      const found = new Map(told);
      return ["index_generation", "index_loaded", "index_documents"].map((name) => found.get(name));
    };
    tell(1, 1);
    clock.advance(200_000);
    tell(5, 1);
    tell(7, 0);
    expect(gauges()).toEqual([1, 2, 70]);
    clock.advance(200_000);
    expect(gauges()).toEqual([5, 1, 70]);
  });
});
