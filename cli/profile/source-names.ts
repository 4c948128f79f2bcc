import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { CallFrame, CpuProfile, ProfileNode } from "./cpu-profile.ts";
import { nameInSource } from "./name-in-source.ts";
import type { Origin, Place } from "./stacks.ts";

/** A script of the isolate, as `Debugger.scriptParsed` tells it. */
export interface Script {
  scriptId: string;
  url: string;
  sourceMapURL?: string;
}

interface MappedSource {
  map: SourceMap;
  /** Of the map itself, which its sources are relative to. */
  url: string;
  lines: Map<string, readonly string[]>;
}

/** Where a function was written: the sources' names, not the bundle's. */
interface Written {
  name: string;
  url: string;
  line: number;
  column: number;
}

const ENGINE = /^\((?:root|program|garbage collector|idle)\)$/;
const RUNTIME =
  /^(?:node|ext|deno|checkin|cloudflare|workerd|internal)[:/-]|^node-internal|^cloudflare-internal/;

/** Names functions of a bundle as its sources do, by its source maps. */
export class SourceNames {
  readonly #mapped = new Map<string, MappedSource>();
  readonly #root: string;
  readonly #known = new Map<string, Written>();

  /** Paths are told relative to `root`. Maps that cannot be read are told to `note`. */
  constructor(scripts: readonly Script[], root: string, note: (text: string) => void) {
    this.#root = root;
    for (const script of scripts) {
      if (script.sourceMapURL === undefined || script.sourceMapURL === "") continue;
      try {
        this.#mapped.set(script.scriptId, openMap(script.url, script.sourceMapURL));
      } catch (error) {
        note(`No names from the source map of ${script.url}: ${String(error)}`);
      }
    }
  }

  /** Where the function of this frame was written, for reports. */
  place(node: ProfileNode): Place {
    const { callFrame } = node;
    if (ENGINE.test(callFrame.functionName))
      return { name: callFrame.functionName, at: "", origin: "engine" };
    const written = this.#writtenOf(callFrame);
    const path = this.#pathOf(written.url);
    const at = path === "" ? "" : `${path}:${written.line + 1}`;
    return { name: written.name === "" ? anonymous(at) : written.name, at, origin: originOf(path) };
  }

  /** The same profile with the sources' names and places, for other viewers. */
  rename(profile: CpuProfile): CpuProfile {
    const nodes = profile.nodes.map((node) => {
      const { name, url, line, column } = this.#writtenOf(node.callFrame);
      const callFrame = {
        ...node.callFrame,
        functionName: name,
        url,
        lineNumber: line,
        columnNumber: column,
      };
      return { ...node, callFrame };
    });
    return { ...profile, nodes };
  }

  #writtenOf(frame: CallFrame): Written {
    const key = `${frame.scriptId}:${frame.lineNumber}:${frame.columnNumber}:${frame.functionName}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const written = this.#look(frame);
    this.#known.set(key, written);
    return written;
  }

  #look({ scriptId, functionName, url, lineNumber, columnNumber }: CallFrame): Written {
    const asBuilt = { name: functionName, url, line: lineNumber, column: columnNumber };
    const mapped = this.#mapped.get(scriptId);
    if (mapped === undefined || lineNumber < 0) return asBuilt;
    const entry = mapped.map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in entry) || entry.originalSource === undefined) return asBuilt;
    const { originalSource, originalLine, originalColumn } = entry;
    const line = linesOf(mapped, originalSource)[originalLine] ?? "";
    const name = nameInSource(line, originalColumn, functionName);
    const source = new URL(originalSource, mapped.url).href;
    return { name, url: source, line: originalLine, column: originalColumn };
  }

  #pathOf(url: string): string {
    const packaged = url.lastIndexOf("node_modules/");
    if (packaged !== -1) return url.slice(packaged);
    if (!url.startsWith("file:")) return url.startsWith("wasm:") ? "wasm" : url;
    const path = fileURLToPath(url);
    const short = relative(this.#root, path);
    return short.startsWith("..") ? path : short;
  }
}

function anonymous(at: string): string {
  return at === "" ? "(native code)" : `(anonymous ${at.slice(at.lastIndexOf("/") + 1)})`;
}

function originOf(path: string): Origin {
  if (path === "wasm") return "wasm";
  if (path.startsWith("node_modules/")) return "library";
  return path === "" || RUNTIME.test(path) ? "runtime" : "ours";
}

function openMap(scriptUrl: string, mapUrl: string): MappedSource {
  // wrangler's inspector names files of this machine so for clients that may read them.
  const url = new URL(mapUrl.replace(/^wrangler-file:/, "file:"), scriptUrl).href;
  const payload = JSON.parse(readMap(url)) as ConstructorParameters<typeof SourceMap>[0];
  return { map: new SourceMap(payload), url: url.startsWith("data:") ? scriptUrl : url, lines: new Map() };
}

function readMap(url: string): string {
  if (url.startsWith("file:")) return readFileSync(fileURLToPath(url), "utf8");
  const data = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
  if (data === null) throw new Error(`cannot read ${url.slice(0, 80)}`);
  return data[1] === undefined ? decodeURIComponent(data[2]) : Buffer.from(data[2], "base64").toString();
}

function linesOf(mapped: MappedSource, source: string): readonly string[] {
  const known = mapped.lines.get(source);
  if (known !== undefined) return known;
  const { sources, sourcesContent } = mapped.map.payload;
  const lines = (sourcesContent?.[sources.indexOf(source)] ?? "").split("\n");
  mapped.lines.set(source, lines);
  return lines;
}
