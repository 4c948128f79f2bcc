import { createApp } from "../../src/app.ts";
import { openDatabase } from "../../src/db/client.ts";
import { InvocationTrace } from "../../src/domain/traces/invocation-trace.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { GuardedClient } from "../../src/platform/guarded/database-client.ts";
import { patienceOf } from "../../src/platform/guarded/policies.ts";
import type { Patience } from "../../src/platform/guarded/policies.ts";
import { guardPorts } from "../../src/platform/guarded/ports.ts";
import {
  createMemoryPlatform,
  type MemoryDeps,
  type MemoryPlatform,
  type MemoryPlatformOptions,
  openMemoryDeps,
} from "../../src/platform/memory/open.ts";
import { observedTrips } from "../../src/platform/metered/trips.ts";
import { consume } from "../../src/queue/consumer.ts";
import type { App } from "../../src/routes/openapi.ts";
import { Fault, faulty } from "./fault.ts";

export interface Faults {
  database: Fault;
  kv: Fault;
  edgeCache: Fault;
  blobs: Fault;
  queue: Fault;
}

/** As in production, but in a hundredth of the time. */
export const IMPATIENT: Patience = Object.fromEntries(
  Object.entries(patienceOf("request")).map(([name, { timeoutMs, slowMs }]) => [
    name,
    { timeoutMs: timeoutMs / 20, slowMs: slowMs / 20 },
  ]),
) as Patience; // Sound: the same names.

/** The real application and engine on a platform whose stores fail below the guards. */
export class FaultyPlatform {
  readonly app: App = createApp();
  readonly platform: MemoryPlatform;
  readonly faults: Faults = {
    database: new Fault(),
    kv: new Fault(),
    edgeCache: new Fault(),
    blobs: new Fault(),
    queue: new Fault(),
  };

  private constructor(platform: MemoryPlatform) {
    this.platform = platform;
  }

  static async open(options: MemoryPlatformOptions = {}): Promise<FaultyPlatform> {
    return new FaultyPlatform(await createMemoryPlatform(options));
  }

  deps(overrides: Partial<MemoryDeps> = {}, patience: Patience = IMPATIENT): MemoryDeps {
    const { platform, faults } = this;
    const isolate = overrides.isolate ?? platform.isolate;
    const guarding = { isolate, clock: platform.clock, patience };
    const client = faulty(platform.client, faults.database, ["execute", "batch"]);
    const receipt = overrides.receipt ?? newReceipt();
    const ports = {
      kv: faulty(platform.kv, faults.kv),
      edgeCache: faulty(platform.edgeCache, faults.edgeCache),
      blobs: faulty(platform.blobs, faults.blobs),
      jobs: faulty(platform.jobs, faults.queue, ["send"]),
    };
    const trips = observedTrips(isolate.metrics, overrides.trace ?? new InvocationTrace(null));
    const db = openDatabase(() => new GuardedClient(client, guarding), receipt, trips);
    return openMemoryDeps(platform, { receipt, db, ...guardPorts(ports, guarding), ...overrides });
  }

  /** One request, and what it left to do after its answer. */
  async call(path: string, init?: RequestInit, overrides?: Partial<MemoryDeps>): Promise<Response> {
    const deps = this.deps(overrides);
    const response = await this.app.fetch(new Request(new URL(path, "https://shop.example"), init), deps);
    await deps.lifetime.settle();
    return response;
  }

  /** Delivers what waits in the queue; one more second passes. */
  async drain(): Promise<void> {
    this.platform.clock.advance(1_000);
    await this.platform.jobs.drain((messages) => consume(this.deps(), messages));
  }

  close(): void {
    this.platform.close();
  }
}
