import { setTimeout as sleep } from "node:timers/promises";
import { memoryOf } from "../processes.ts";
import { mean } from "../statistics.ts";
import { slopeOf } from "./slope.ts";
import type { Point, Slope } from "./slope.ts";
import type { Target } from "./target.ts";

export interface Sample {
  minutes: number;
  residentBytes: number;
  /** Without files that are mapped. */
  ownBytes: number;
}

/** What lives in the isolate, after a collection: objects, and buffers outside the heap. */
export interface Live {
  minutes: number;
  heapBytes: number;
  bufferBytes: number;
}

export interface MemorySeries {
  samples: Sample[];
  live: Live[];
}

const SAMPLE_MS = 1_000;

/** Samples until `signal`; a collection is asked for once in each `bucketSeconds`. */
export async function watchMemory(
  { pid, inspector }: Target,
  bucketSeconds: number,
  signal: AbortSignal,
): Promise<MemorySeries> {
  const series: MemorySeries = { samples: [], live: [] };
  const begun = performance.now();
  const minutes = () => (performance.now() - begun) / 60_000;
  for (let collected = 0; !signal.aborted; await sleep(SAMPLE_MS)) {
    series.samples.push({ minutes: minutes(), ...memoryOf([pid]) });
    if (minutes() * 60 < (collected + 1) * bucketSeconds) continue;
    collected++;
    series.live.push({ minutes: minutes(), ...(await inspector.memory(true)) });
  }
  return series;
}

/** Means of `bucketSeconds` each, whole ones alone. */
function bucketsOf(samples: readonly Sample[], bucketSeconds: number): Point[] {
  const buckets = new Map<number, number[]>();
  for (const { minutes, ownBytes } of samples) {
    const place = Math.floor((minutes * 60) / bucketSeconds);
    buckets.set(place, [...(buckets.get(place) ?? []), ownBytes]);
  }
  return [...buckets.entries()]
    .slice(0, -1)
    .map(([place, values]) => ({ minutes: ((place + 0.5) * bucketSeconds) / 60, bytes: mean(values) }));
}

export interface Slopes {
  /** Of the isolate: objects and buffers that live. */
  isolate: Slope | null;
  /** Of the process, without mapped files. */
  process: Slope | null;
}

export function slopesOf(
  { samples, live }: MemorySeries,
  { warmMinutes, bucketSeconds }: { warmMinutes: number; bucketSeconds: number },
): Slopes {
  const isWarm = ({ minutes }: { minutes: number }) => minutes >= warmMinutes;
  const points = live.map(({ minutes, heapBytes, bufferBytes }) => ({
    minutes,
    bytes: heapBytes + bufferBytes,
  }));
  return {
    isolate: slopeOf(points.filter(isWarm)),
    process: slopeOf(bucketsOf(samples, bucketSeconds).filter(isWarm)),
  };
}
