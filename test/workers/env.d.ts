import type { WorkersEnv } from "../../src/platform/workers/env.ts";
import type * as worker from "../../src/worker.ts";

declare module "vitest" {
  interface ProvidedContext {
    collectorUrl: string;
  }
}

declare global {
  namespace Cloudflare {
    interface Env extends WorkersEnv {}
    interface GlobalProps {
      mainModule: typeof worker;
    }
  }
}
