import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { WORKER_BUNDLE } from "../worker-bundle.ts";

/** Bytes of the Worker's modules, gzipped one by one, as its size is limited. */
export async function bundleBytes(root: string): Promise<number> {
  const { outputFiles } = await build({
    ...WORKER_BUNDLE,
    entryPoints: [join(root, "src/worker.ts")],
    outdir: join(root, "dist"),
    write: false,
    logLevel: "error",
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
}
