import { existsSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import type * as AppModule from "../../src/app.ts";
import type * as FileModule from "../../src/platform/deno/file-client.ts";
import type * as OpenModule from "../../src/platform/memory/open.ts";
import type * as ConsumerModule from "../../src/queue/consumer.ts";

/** What a measurement calls of one state of the sources. Its types are those of the sources beside it. */
export interface Tree {
  app: typeof AppModule;
  open: typeof OpenModule;
  consumer: typeof ConsumerModule;
  /** `null` where the sources are older than it. */
  file: typeof FileModule | null;
}

async function load<T>(root: string, path: string): Promise<T> {
  return (await import(pathToFileURL(join(root, "src", path)).href)) as T;
}

/** Node strips types, but knows no JSX. */
function readPages(): void {
  const options = { loader: "tsx", jsx: "automatic", jsxImportSource: "hono/jsx", format: "esm" } as const;
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith(".tsx")) return next(url, context);
      const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), options);
      return { format: "module", source: code, shortCircuit: true };
    },
  });
}

/** Loads the sources under `root`, with the packages that lie beside them. */
export async function loadTree(root: string): Promise<Tree> {
  readPages();
  const file = "platform/deno/file-client.ts";
  return {
    app: await load(root, "app.ts"),
    open: await load(root, "platform/memory/open.ts"),
    consumer: await load(root, "queue/consumer.ts"),
    file: existsSync(join(root, "src", file)) ? await load(root, file) : null,
  };
}
