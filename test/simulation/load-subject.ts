import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type * as subject from "./subject.ts";

export type Subject = typeof subject;

/** A change of one file of the application: `from` stands in it exactly once. */
export interface Edit {
  /** Under src/. */
  file: string;
  from: string;
  to: string;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ENTRY = fileURLToPath(new URL("subject.ts", import.meta.url));
/** Within the project, so that its packages are found from there. */
const FOLDER = `${ROOT}node_modules/.cache/simulation/`;

/** The application with `edits` planted in it; the files of src/ stay as they are. */
export async function loadSubject(edits: readonly Edit[] = []): Promise<Subject> {
  mkdirSync(FOLDER, { recursive: true });
  const folder = mkdtempSync(FOLDER);
  const outfile = `${folder}/subject.mjs`;
  try {
    await build({
      entryPoints: [ENTRY],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      jsx: "automatic",
      jsxImportSource: "hono/jsx",
      logLevel: "error",
      plugins: edits.length === 0 ? [] : [planted(edits)],
    });
    return (await import(pathToFileURL(outfile).href)) as Subject;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function planted(edits: readonly Edit[]): Plugin {
  return {
    name: "planted",
    setup: (plugin) => {
      plugin.onLoad({ filter: /[/\\]src[/\\].*\.tsx?$/ }, ({ path }) => {
        const file = relative(`${ROOT}src`, path).replaceAll("\\", "/");
        const own = edits.filter((edit) => edit.file === file);
        if (own.length === 0) return undefined;
        const contents = own.reduce(apply, readFileSync(path, "utf8"));
        return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
}

/** Throws where the application has changed so that a bug is planted nowhere, or twice. */
export function apply(text: string, { file, from, to }: Edit): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`src/${file} has "${from}" ${parts.length - 1} times, not once`);
  return parts.join(to);
}
