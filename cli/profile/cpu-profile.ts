/** What V8's profiler hands out (`Profiler.stop`), and what a `.cpuprofile` file holds. */
export interface CpuProfile {
  nodes: ProfileNode[];
  /** Microseconds, from an arbitrary start. */
  startTime: number;
  endTime: number;
  /** The node that ran, sample by sample. */
  samples: number[];
  /** Microseconds from the sample before; of the first, from `startTime`. */
  timeDeltas: number[];
}

export interface ProfileNode {
  id: number;
  callFrame: CallFrame;
  children?: number[];
}

export interface CallFrame {
  functionName: string;
  scriptId: string;
  url: string;
  /** From zero, as columns. -1 where there is no source. */
  lineNumber: number;
  columnNumber: number;
}

/** Throws where `value` is no profile with samples. */
export function readCpuProfile(value: unknown): CpuProfile {
  const { nodes, samples, timeDeltas } = (value ?? {}) as Partial<CpuProfile>;
  if (!Array.isArray(nodes) || !Array.isArray(samples) || !Array.isArray(timeDeltas))
    throw new Error("The inspector's profile has no samples: is it V8's?");
  return value as CpuProfile;
}

/** Microseconds that each node itself ran, by id: a sample holds until the next one. */
export function selfMicros({ samples, timeDeltas, startTime, endTime }: CpuProfile): Map<number, number> {
  const times = new Map<number, number>();
  let at = startTime;
  samples.forEach((node, i) => {
    at += timeDeltas[i] ?? 0;
    const until = i + 1 < samples.length ? at + (timeDeltas[i + 1] ?? 0) : Math.max(at, endTime);
    times.set(node, (times.get(node) ?? 0) + Math.max(0, until - at));
  });
  return times;
}

/** The profile without its first microseconds. */
export function cutStart(profile: CpuProfile, micros: number): CpuProfile {
  const { samples, timeDeltas, startTime } = profile;
  if (micros <= 0) return profile;
  const from = startTime + micros;
  let at = startTime;
  const first = timeDeltas.findIndex((delta) => (at += delta) >= from);
  if (first < 0) return { ...profile, samples: [], timeDeltas: [], startTime: profile.endTime };
  const [, ...later] = timeDeltas.slice(first);
  return { ...profile, startTime: from, samples: samples.slice(first), timeDeltas: [at - from, ...later] };
}
