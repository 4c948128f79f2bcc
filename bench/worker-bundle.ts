import type { BuildOptions } from "esbuild";

/** How a Worker is bundled into modules of workerd, whatever is asked of them then. */
export const WORKER_BUNDLE = {
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
} satisfies BuildOptions;
