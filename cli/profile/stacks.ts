import { selfMicros, type CpuProfile, type ProfileNode } from "./cpu-profile.ts";

/** Whose code a function is. */
export type Origin = "ours" | "library" | "runtime" | "engine" | "wasm";

/** A function as a person knows it. */
export interface Place {
  name: string;
  /** `src/index/search.ts:120`; empty where there is no source. */
  at: string;
  origin: Origin;
}

/** All calls of one function by one caller, folded. */
export interface Frame extends Place {
  selfMicros: number;
  totalMicros: number;
  /** By name, so that the same work gives the same picture. */
  children: Frame[];
}

export interface Stacks {
  root: Frame;
  /** Neither in the root nor in any share. */
  idleMicros: number;
}

/** Of one function, wherever it is called. */
export interface FunctionTime extends Place {
  selfMicros: number;
  totalMicros: number;
}

const IDLE = "(idle)";

/** Folds a profile; `placeOf` names a node's function. */
export function foldStacks(profile: CpuProfile, placeOf: (node: ProfileNode) => Place): Stacks {
  const times = selfMicros(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const called = new Set(profile.nodes.flatMap(({ children = [] }) => children));
  let idleMicros = 0;
  const fold = (group: readonly ProfileNode[], place: Place): Frame => {
    const own = group.reduce((sum, { id }) => sum + (times.get(id) ?? 0), 0);
    const callees = new Map<string, { place: Place; group: ProfileNode[] }>();
    for (const child of group.flatMap(({ children = [] }) => children)) {
      const node = nodes.get(child);
      if (node === undefined) continue;
      if (node.callFrame.functionName === IDLE) {
        idleMicros += times.get(child) ?? 0;
        continue;
      }
      const callee = placeOf(node);
      const key = keyOf(callee);
      const known = callees.get(key);
      if (known === undefined) callees.set(key, { place: callee, group: [node] });
      else known.group.push(node);
    }
    const children = [...callees.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, callee]) => fold(callee.group, callee.place))
      .filter(({ totalMicros }) => totalMicros > 0);
    const totalMicros = children.reduce((sum, child) => sum + child.totalMicros, own);
    return { ...place, selfMicros: own, totalMicros, children };
  };
  const roots = profile.nodes.filter(({ id }) => !called.has(id));
  const root = fold(roots, { name: "all", at: "", origin: "engine" });
  return { root, idleMicros };
}

function keyOf({ name, at }: Place): string {
  return `${name}\0${at}`;
}

/** Functions by the time they ran themselves, the most first. A recursive call counts once in a total. */
export function functionTimes({ root }: Stacks): FunctionTime[] {
  const found = new Map<string, FunctionTime>();
  const walk = (frame: Frame, callers: ReadonlySet<string>): void => {
    const { name, at, origin } = frame;
    const key = keyOf(frame);
    const time = found.get(key) ?? { name, at, origin, selfMicros: 0, totalMicros: 0 };
    time.selfMicros += frame.selfMicros;
    if (!callers.has(key)) time.totalMicros += frame.totalMicros;
    found.set(key, time);
    const inside = new Set(callers).add(key);
    for (const child of frame.children) walk(child, inside);
  };
  for (const child of root.children) walk(child, new Set());
  return [...found.values()].sort((a, b) => b.selfMicros - a.selfMicros || (keyOf(a) < keyOf(b) ? -1 : 1));
}
