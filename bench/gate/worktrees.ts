import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { benchState } from "../deployment.ts";
import { ROOT } from "../paths.ts";

/** Sources on disk. */
export interface Worktree {
  root: string;
  /** Short hash of its commit, or that it is what lies in the project's folder. */
  name: string;
  remove(): void;
}

export class HistoryError extends Error {}

function git(...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** The commit that a name stands for; `null` where this clone does not have it. */
export function commitOf(name: string): string | null {
  try {
    return git("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  } catch {
    return null;
  }
}

/**
 * What a change is measured against: the last commit where there are changes on top of it, else where it left `main`, else
 * the commit before. `null` in a clone without that history.
 */
export function defaultBase(): string | null {
  const head = commitOf("HEAD");
  if (head === null) return null;
  if (git("status", "--porcelain", "src", "package-lock.json") !== "") return head;
  if (commitOf("origin/main") !== null) {
    const fork = mergeBase("origin/main", "HEAD");
    if (fork !== null && fork !== head) return fork;
  }
  return commitOf("HEAD^");
}

function mergeBase(one: string, other: string): string | null {
  try {
    return git("merge-base", one, other);
  } catch {
    return null;
  }
}

/** What lies in the project's folder, uncommitted changes and all. */
export function workingTree(): Worktree {
  return { root: ROOT, name: "working tree", remove: () => undefined };
}

function hasSameLock(commit: string): boolean {
  try {
    execFileSync("git", ["diff", "--quiet", commit, "--", "package-lock.json"], { cwd: ROOT });
    return true;
  } catch {
    return false;
  }
}

/** Packages as the commit's lock file has them: those of this folder where it is the same, or where it shall be quick. */
function bringPackages(root: string, commit: string, isQuick: boolean): void {
  const isSame = hasSameLock(commit);
  if (!isSame && !isQuick) {
    console.error(`Installing the packages of ${commit.slice(0, 9)} …`);
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: root,
      stdio: "ignore",
    });
    return;
  }
  if (!isSame) console.error(`${commit.slice(0, 9)} has another lock file: it is run with today's packages`);
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
}

/** Checks a commit out beside the project; `place` names the folder, so that one commit can stand twice. */
export function addWorktree(name: string, place: string, isQuick = false): Worktree {
  const commit = commitOf(name);
  if (commit === null) throw new HistoryError(`There is no commit "${name}" here`);
  const folder = join(benchState(), "gate");
  mkdirSync(folder, { recursive: true });
  const root = join(folder, `${place}-${process.pid}`);
  const remove = (): void => {
    if (existsSync(root)) rmSync(root, { recursive: true, force: true });
    git("worktree", "prune");
  };
  remove();
  git("worktree", "add", "--detach", "--force", root, commit);
  try {
    bringPackages(root, commit, isQuick);
  } catch (error) {
    remove();
    throw error;
  }
  return { root, name: commit.slice(0, 9), remove };
}
