import { Generations } from "../cache/generations.ts";
import { CacheMemory } from "../cache/memory.ts";
import { CodecHolder } from "../codec/holder.ts";
import type { IsolateState } from "../deps.ts";
import { Admission } from "../domain/admission.ts";
import { ExperimentState } from "../domain/experiment-state.ts";
import { MetricsCollector } from "../domain/metrics/collector.ts";
import { newBreakers } from "../domain/breaker.ts";
import { KnownTenants } from "../domain/known-tenants.ts";
import { SpanBuffer } from "../domain/traces/span.ts";
import { IndexHolder } from "../index/holder.ts";
import type { Clock } from "../ports/clock.ts";
import { systemClock } from "./memory/clock.ts";

// Of the isolate's 128 MB most belongs to the index and to requests under way.
const CACHE_BYTES = 12_000_000;
const FEED_PAGES_BYTES = 8_000_000;
/** Used where the database is in the same process, which no Worker's is. */
const FEED_PARTS_BYTES = 32_000_000;

/** Drops what can be loaded again, so that a large image finds room in the isolate's 128 MB. */
export function makeRoom(isolate: IsolateState, now: number): void {
  isolate.cache.clear();
  isolate.feedPages.clear();
  isolate.feedParts.clear();
  isolate.index.release(now);
}

/** What one isolate keeps between invocations: empty at first. */
export function newIsolate(clock: Clock = systemClock): IsolateState {
  return {
    cache: new CacheMemory(CACHE_BYTES),
    feedPages: new CacheMemory(FEED_PAGES_BYTES),
    feedParts: new Generations(FEED_PARTS_BYTES),
    index: new IndexHolder(),
    codec: new CodecHolder(),
    experiments: new ExperimentState(),
    metrics: new MetricsCollector(clock),
    spans: new SpanBuffer(),
    breakers: newBreakers(),
    admission: new Admission(),
    tenants: new KnownTenants(),
  };
}
