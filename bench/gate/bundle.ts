import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Bytes of the Worker's modules, gzipped one by one, as its size is limited. */
export async function bundleBytes(root: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/worker.ts")],
    outdir: join(root, "dist"),
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    external: ["cloudflare:*", "node:*"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
}
