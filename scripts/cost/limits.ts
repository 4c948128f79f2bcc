import {
  changesPerSecond,
  eventsPerSecond,
  FLUSH_SECONDS,
  MERGE_CHANGES,
  MERGE_SECONDS,
  MONTH_SECONDS,
  partitionsOf,
  PRODUCTS_PER_ISOLATE,
} from "./jobs-work.ts";
import type { Facts } from "./jobs-work.ts";
import type { Simulation } from "./simulate.ts";

export interface Limit {
  what: string;
  /** `null` where none is published. */
  most: number | null;
  needed: number;
  unit: string;
  verdict: "holds" | "BREAKS" | "no limit";
  note: string;
}

const MB = 1_048_576;
const ISOLATE_MB = 128;
/** An isolate of this Worker that holds no index, and what a request needs beside it. */
const RESERVED_MB = 24;

function limit(what: string, needed: number, most: number | null, unit: string, note: string): Limit {
  const verdict = most === null ? "no limit" : needed <= most ? "holds" : "BREAKS";
  return { what, most, needed, unit, verdict, note };
}

function ofIndex({ scenario, figures }: Facts): Limit[] {
  const { products } = scenario;
  const partitions = partitionsOf(scenario);
  const most = ISOLATE_MB - RESERVED_MB;
  const heldMb = (products * figures.indexBytesPerProduct.value) / MB;
  const peak = Math.round(figures.indexMemoryBytes.value / figures.indexedProducts.value);
  return [
    limit("index in one isolate", heldMb, most, "MB", "128 MB less 24 for the Worker itself"),
    limit(
      "products of one isolate",
      products,
      PRODUCTS_PER_ISOLATE,
      "",
      `at ${peak} bytes a product while it loads, at most`,
    ),
    limit(
      "index in each of the partitions",
      heldMb / partitions,
      most,
      "MB",
      `${partitions} of them; more than one are not built`,
    ),
    limit(
      "partitions that one request asks",
      partitions,
      31,
      "",
      "service bindings reach 32 Workers, the first one among them",
    ),
  ];
}

function sumOf(simulation: Simulation, of: "trips" | "writes" | "messages"): number {
  return simulation.works.reduce((sum, one) => sum + one[of], 0) / MONTH_SECONDS;
}

function ofDatabase(facts: Facts, { usage }: Simulation, busiest: Simulation): Limit[] {
  const { scenario, figures } = facts;
  const events = eventsPerSecond(facts) * scenario.peak;
  const foldMs = (events * 1_000) / figures.eventsPerSecond.value;
  const busy = (sumOf(busiest, "writes") * figures.writeMs.value + foldMs) / 10;
  const trips = sumOf(busiest, "trips");
  return [
    limit("database", usage.databaseGb, null, "GB", "Turso publishes none, and bills by GB"),
    limit("the same on D1", usage.databaseGb, 10, "GB", "which is not used here"),
    limit(
      "the database's only writer",
      busy,
      100,
      "% busy",
      "in the busiest second, by writes and folds as measured on a local disk",
    ),
    limit(
      "round trips",
      trips,
      figures.tripsPerSecond.value,
      "a second",
      "in the busiest; what one local database served on two cores",
    ),
    limit(
      "events",
      events,
      figures.eventsPerSecond.value,
      "a second",
      "in the busiest; as many were counted on two cores",
    ),
  ];
}

function ofPlatform(facts: Facts, { usage }: Simulation, busiest: Simulation): Limit[] {
  const { peak, isolates, requests } = facts.scenario;
  const days = MONTH_SECONDS / 86_400;
  const merges = (changesPerSecond(facts) * peak) / MERGE_CHANGES + 1 / MERGE_SECONDS;
  const blobs = (busiest.usage.blobReads + busiest.usage.blobWrites) / MONTH_SECONDS;
  return [
    limit(
      "requests",
      (requests * peak) / MONTH_SECONDS,
      null,
      "a second",
      "in the busiest; Workers Paid has no limit",
    ),
    limit("queue messages", sumOf(busiest, "messages"), 5_000, "a second", "in the busiest, of one queue"),
    limit(
      "KV operations",
      usage.kvReads + usage.kvWrites,
      null,
      "a month",
      "one key takes one write a second; nothing in this traffic needs KV",
    ),
    limit("writes of one R2 object", merges, 1, "a second", "the copy of the manifest, once a merge"),
    limit("R2 operations", blobs, null, "a second", "in the busiest; limited is one object alone"),
    limit(
      "metrics into one Durable Object",
      isolates / FLUSH_SECONDS,
      1_000,
      "a second",
      `each isolate every ${FLUSH_SECONDS} s at most`,
    ),
    limit(
      "log events",
      usage.logEvents / days,
      5e9,
      "a day",
      "of one account; beyond, one in a hundred is kept",
    ),
  ];
}

/** Where a deployment of this size meets the limits of the platform, or what has been measured of it. */
export function limitsOf(facts: Facts, simulation: Simulation, busiest: Simulation): Limit[] {
  return [
    ...ofIndex(facts),
    ...ofDatabase(facts, simulation, busiest),
    ...ofPlatform(facts, simulation, busiest),
  ];
}
