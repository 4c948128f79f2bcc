import type { Config } from "../../src/config.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";

/** New settings, and isolates that remember nothing. */
export function rollOut(platform: MemoryPlatform, config: Partial<Config>): void {
  platform.config = { ...platform.config, ...config };
  platform.isolate = newIsolate();
}
