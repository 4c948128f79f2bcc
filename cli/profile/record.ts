import { setTimeout as sleep } from "node:timers/promises";
import { cutStart, readCpuProfile, type CpuProfile } from "./cpu-profile.ts";
import type { Inspector } from "./inspector.ts";
import type { Load, LoadResult } from "./load.ts";

/** Finer than V8's 1,000 µs: requests of one millisecond are to be told apart. */
const INTERVAL_MICROS = 500;

export interface Recording {
  profile: CpuProfile;
  load: LoadResult;
}

export interface RecordOptions {
  seconds: number;
  /** Until code is compiled and caches are filled. */
  warmUpSeconds: number;
  signal: AbortSignal;
}

/** Records an isolate while it is under `load`, which goes on until the profile is there: an idle one may not answer. */
export async function record(inspector: Inspector, load: Load, options: RecordOptions): Promise<Recording> {
  const { seconds, warmUpSeconds, signal } = options;
  await inspector.send("Profiler.enable");
  // Tells all scripts there are. Off again at once: a debugger keeps V8 from some optimisations.
  await inspector.send("Debugger.enable");
  await inspector.send("Debugger.disable");
  // wrangler listens to the console, and V8 then walks the stack of each line logged: most of a profile would be that.
  await inspector.send("Runtime.disable");
  await inspector.send("Profiler.setSamplingInterval", { interval: INTERVAL_MICROS });
  // Before the warm-up, which is cut off again: functions that V8 inlines later are told apart, those inlined before are not.
  await inspector.send("Profiler.start");
  const started = performance.now();
  await sleep(warmUpSeconds * 1_000, undefined, { signal });
  const warmUpMicros = (performance.now() - started) * 1_000;
  load.restart();
  await sleep(seconds * 1_000, undefined, { signal });
  const result = load.result();
  const { profile } = (await inspector.send("Profiler.stop")) as { profile: unknown };
  await inspector.send("Runtime.enable");
  return { profile: cutStart(readCpuProfile(profile), warmUpMicros), load: result };
}
