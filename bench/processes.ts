import { readdirSync, readFileSync } from "node:fs";

interface Process {
  pid: number;
  parent: number;
  name: string;
}

function processes(): Process[] {
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]);
      return [{ pid: Number(entry), parent, name }];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

/** The processes below `root` whose name starts with `name`; Linux only. */
export function descendants(root: number, name = ""): Process[] {
  const all = processes();
  const found: Process[] = [];
  const queue = [root];
  for (let parent = queue.pop(); parent !== undefined; parent = queue.pop()) {
    for (const child of all.filter((one) => one.parent === parent)) {
      queue.push(child.pid);
      if (child.name.startsWith(name)) found.push(child);
    }
  }
  return found;
}

/** Bytes of a process by the field of its status, 0 where it has none. */
function bytesOf(pid: number): (field: string) => number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return (field) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
}

/** Bytes: the resident memory now, and its peak since the start of the process. */
export function residentBytes(pid: number): { now: number; peak: number } {
  const read = bytesOf(pid);
  return { now: read("VmRSS"), peak: read("VmHWM") };
}

const TICKS_PER_SECOND = 100;

/** User and system time of a process and all its threads so far. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Seconds that a core has been idle, or waiting for a disk, since the machine's start. */
export function idleSeconds(core: number): number {
  const line = readFileSync("/proc/stat", "utf8")
    .split("\n")
    .find((one) => one.startsWith(`cpu${core} `));
  const fields = line?.split(" ") ?? [];
  return (Number(fields[4]) + Number(fields[5])) / TICKS_PER_SECOND;
}

/** Bytes of several processes together. */
export interface Memory {
  /** Resident, files of which pages are mapped among it. */
  residentBytes: number;
  /** Without files: what nothing else can use. */
  ownBytes: number;
}

export function memoryOf(pids: readonly number[]): Memory {
  const all = pids.map(bytesOf);
  const sum = (field: string) => all.reduce((total, read) => total + read(field), 0);
  return { residentBytes: sum("VmRSS"), ownBytes: sum("RssAnon") };
}
