import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build, context, type BuildContext, type BuildOptions, type Metafile } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The client code of the pages: each entry of src/web becomes one file of public/build/. */
function options(minify: boolean): BuildOptions[] {
  const shared = sharedOptions(minify);
  const elements = fileURLToPath(new URL("src/web/islands/feed-elements.ts", pathToFileURL(ROOT)));
  // The feed's components have no state in the browser: a runtime of their own makes elements of them, and nothing more.
  const feed = {
    entryPoints: ["src/web/islands/feed.ts", "src/web/islands/people.ts"],
    alias: { "hono/jsx/dom/jsx-runtime": elements },
  };
  return [shared, { ...shared, ...feed }];
}

function sharedOptions(minify: boolean): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: [
      "src/web/islands/shop.tsx",
      "src/web/islands/account.ts",
      "src/web/islands/dashboard.tsx",
      "src/web/islands/ops.tsx",
      "src/web/islands/upload.ts",
      "src/web/styles/shop.css",
      "src/web/styles/account.css",
      "src/web/styles/dashboard.css",
      "src/web/styles/ops.css",
      "src/web/styles/upload.css",
      "src/web/styles/feed.css",
      "src/web/styles/people.css",
    ],
    entryNames: "[name]",
    outdir: "public/build",
    external: ["/fonts/*"],
    bundle: true,
    minify,
    format: "esm",
    target: ["es2022", "chrome111", "safari16.4", "firefox113"],
    jsx: "automatic",
    jsxImportSource: "hono/jsx/dom",
    tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "hono/jsx/dom" } },
    metafile: true,
    logLevel: "silent",
  };
}

export interface BuiltFile {
  path: string;
  bytes: number;
  gzipBytes: number;
}

/** Builds once. Rejects with esbuild's messages where the code does not compile. */
export async function buildWeb(): Promise<BuiltFile[]> {
  const built = await Promise.all(options(true).map((of) => build(of)));
  return built.flatMap(({ metafile }) => sizes(metafile));
}

/** Builds anew at each change, until stopped; failures go to `report`. */
export async function watchWeb(report: (message: string) => void): Promise<() => Promise<void>> {
  const watchers = await Promise.all(options(false).map((of) => watch(of, report)));
  return async () => void (await Promise.all(watchers.map((watcher) => watcher.dispose())));
}

async function watch(of: BuildOptions, report: (message: string) => void): Promise<BuildContext> {
  const watcher = await context({
    ...of,
    plugins: [
      {
        name: "report",
        setup: (build) =>
          build.onEnd((result) => {
            for (const { text, location } of result.errors) {
              report(`${location === null ? "" : `${location.file}:${location.line}: `}${text}`);
            }
          }),
      },
    ],
  });
  await watcher.watch();
  return watcher;
}

function sizes(metafile: Metafile | undefined): BuiltFile[] {
  return Object.entries(metafile?.outputs ?? {}).map(([path, { bytes }]) => {
    const gzipBytes = gzipSync(readFileSync(new URL(`../${path}`, import.meta.url))).length;
    return { path, bytes, gzipBytes };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { path, bytes, gzipBytes } of await buildWeb()) {
    console.log(`${path}  ${(bytes / 1_000).toFixed(1)} kB, ${(gzipBytes / 1_000).toFixed(1)} kB gzipped`);
  }
}
