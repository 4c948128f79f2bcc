import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UsageError } from "../errors.ts";

export interface FoundFile {
  path: string;
  bytes: number;
}

/**
 * The files of `paths`, and of the folders among them, in the order of their names; each once. Hidden ones within folders
 * are passed over: `.DS_Store`, thumbnails, version control. Throws `UsageError` for a path that is not there.
 */
export function findFiles(paths: readonly string[], isRecursive: boolean): FoundFile[] {
  const found = new Map<string, FoundFile>();
  const folders = new Set<number>();

  function take(path: string, depth: number): void {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      if (depth === 0) throw new UsageError(`There is no file or folder "${path}"`);
      return;
    }
    if (stats.isFile()) found.set(path, { path, bytes: stats.size });
    if (!stats.isDirectory() || (depth > 0 && !isRecursive)) return;
    // A link may lead back up.
    if (stats.ino !== 0 && folders.has(stats.ino)) return;
    folders.add(stats.ino);
    for (const name of readdirSync(path).toSorted())
      if (!name.startsWith(".")) take(join(path, name), depth + 1);
  }

  for (const path of paths) take(path, 0);
  return [...found.values()];
}

/** What the file is called, for the service. */
export function nameOf({ path }: FoundFile): string {
  return basename(path);
}
