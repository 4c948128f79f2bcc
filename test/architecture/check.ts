import { posix } from "node:path";
import * as rules from "./rules.ts";
import type { ScannedFile } from "./scan.ts";

/** Everything in `files` that breaks a rule, one sentence each; the paths are those of the whole tree. */
export function violations(files: readonly ScannedFile[]): string[] {
  return [...files.flatMap(violationsOf), ...cycles(files)];
}

function violationsOf(file: ScannedFile): string[] {
  const name = posix.basename(file.path);
  const found: string[] = [];
  const at = (line: number): string => `${file.path}:${line}`;
  if (rules.FORBIDDEN_NAMES.test(name))
    found.push(`${file.path}: a file is named for what it holds, not "${name}"`);
  if (!rules.FILE_NAME.test(name)) found.push(`${file.path}: file names are kebab-case`);
  if (file.lines > rules.MAX_LINES && !rules.GENERATED.test(file.path)) {
    found.push(`${file.path}: ${file.lines} lines, at most ${rules.MAX_LINES}: split it`);
  }
  for (const { line, text } of file.loopholes)
    found.push(`${at(line)}: "${text}" switches the type checker off`);
  const room = roomOf(file.path);
  for (const { line, text } of room === null ? [] : file.globals) {
    if (!rules.RUNTIME_ROOMS.includes(room ?? "")) found.push(`${at(line)}: "${text}" belongs to platform/`);
  }
  for (const { specifier, line } of file.imports) {
    const relative = specifier.startsWith(".")
      ? relativeProblem(file.path, resolve(file.path, specifier))
      : null;
    const problem = relative ?? packageProblem(room, specifier);
    if (problem !== null) found.push(`${at(line)}: ${problem}`);
  }
  return found;
}

/** The first part under src/ (`db`, `app.ts`); `null` outside of src/. */
function roomOf(path: string): string | null {
  const parts = path.split("/");
  return parts[0] === "src" ? parts[1] : null;
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

function relativeProblem(from: string, to: string): string | null {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === null) return outsideProblem(from, to);
  if (target === null) return `src/ may not import "${to}", which lies outside of it`;
  if (!/\.(tsx?|wasm|json)$/.test(to)) return `"${to}" wants its extension`;
  const platforms = rules.PLATFORMS_OF[room === "platform" ? from.split("/").slice(1, 3).join("/") : room];
  // Files right under platform/ serve every runtime.
  const platform = target === "platform" ? to.split("/").slice(2, -1)[0] : undefined;
  if (platform !== undefined && platforms !== undefined && !platforms.includes(platform)) {
    return `"${room}" may not import "${to}", another runtime's platform`;
  }
  if (room === target) return null;
  const allowed = rules.ROOMS[room];
  if (allowed === undefined) return `"src/${room}" is not a room of the table`;
  return allowed.includes(target) ? null : `"${room}" may not import "${target}" (${to})`;
}

/** The command line and the client speak HTTP: of the server they know the words of the domain alone. */
function outsideProblem(from: string, to: string): string | null {
  const part = from.split("/")[0];
  const target = roomOf(to);
  if ((part !== "cli" && part !== "client") || target === null || target === "domain") return null;
  return `"${part}" may import src/domain only, not "${to}"`;
}

function packageProblem(room: string | null, specifier: string): string | null {
  if (room === null) return null;
  const rule = rules.PACKAGES.find(([pattern]) => pattern.test(specifier));
  if (rule === undefined || rule[1].includes(room)) return null;
  return `"${specifier}" belongs to ${rule[1].join(", ")}, not to "${room}"`;
}

/** Each cycle once, as `a → b → a`; imports of types count, as they tie rooms together all the same. */
function cycles(files: readonly ScannedFile[]): string[] {
  const graph = new Map(
    files.map((file) => [
      file.path,
      file.imports.filter((to) => to.specifier.startsWith(".")).map((to) => resolve(file.path, to.specifier)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`cycle: ${[...trail.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}
