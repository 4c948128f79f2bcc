import type { WorkersEnv } from "../../src/platform/workers/env.ts";

declare global {
  namespace Cloudflare {
    interface Env extends WorkersEnv {}
    interface GlobalProps {
      mainModule: typeof import("../../src/worker.ts");
    }
  }
}
