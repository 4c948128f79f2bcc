import { existsSync, readFileSync, statSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LINK = /\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const NPM_SCRIPT = /\bnpm (?:run ([\w:-]+)|(test|start)\b)/g;

/** Everything in the Markdown files that points nowhere: files, headings, npm scripts. */
function problems(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const files = listed.split("\n").filter((file) => file !== "" && existsSync(join(ROOT, file)));
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  return files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...brokenLinks(file, text), ...missingScripts(file, text, new Set(Object.keys(scripts)))];
  });
}

function brokenLinks(file: string, text: string): string[] {
  const found: string[] = [];
  for (const [line, content] of proseLines(text)) {
    for (const [, target] of content.matchAll(LINK)) {
      const problem = /^[a-z]+:/i.test(target) ? null : linkProblem(file, target);
      if (problem !== null) found.push(`${file}:${line}: ${problem}`);
    }
  }
  return found;
}

function linkProblem(file: string, target: string): string | null {
  const [path, anchor] = decodeURI(target).split("#", 2);
  const to = path === "" ? file : normalize(join(dirname(file), path));
  if (to.startsWith("..") || !existsSync(join(ROOT, to))) return `"${target}" is not there`;
  if (anchor === undefined || !to.endsWith(".md") || !statSync(join(ROOT, to)).isFile()) return null;
  return anchorsOf(readFileSync(join(ROOT, to), "utf8")).has(anchor)
    ? null
    : `"${to}" has no heading #${anchor}`;
}

/** Headings as GitHub makes anchors of them. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, content] of proseLines(text)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(content)?.[1];
    if (heading === undefined) continue;
    const words = heading.replace(LINK, (link) => link.slice(1, link.indexOf("]")));
    const base = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Lines with their numbers, without those of code blocks. */
function proseLines(text: string): [number, string][] {
  let fence: string | null = null;
  const lines: [number, string][] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === null ? mark : line.trim() === fence ? null : fence;
    else if (fence === null) lines.push([at + 1, line.replace(/`[^`]*`/g, "")]);
  }
  return lines;
}

function missingScripts(file: string, text: string, scripts: ReadonlySet<string>): string[] {
  if (file.includes("/") && !file.startsWith("docs/")) return [];
  return [...text.matchAll(NPM_SCRIPT)]
    .map(([, run, short]) => run ?? short)
    .filter((script) => !scripts.has(script))
    .map((script) => `${file}: package.json has no script "${script}"`);
}

const found = problems();
for (const problem of found) console.error(problem);
if (found.length > 0) process.exitCode = 1;
