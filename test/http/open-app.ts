import { createApp } from "../../src/app.ts";
import {
  createMemoryPlatform,
  openMemoryDeps,
  type MemoryDeps,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from "../../src/platform/memory/open.ts";
import type { App } from "../../src/routes/openapi.ts";

export const ORIGIN = "https://shop.example";

export interface TestApp {
  app: App;
  platform: MemoryPlatform;
  /** One request with dependencies of its own; `path` may be a whole URL. */
  call(path: string, init?: RequestInit, overrides?: Partial<MemoryDeps>): Promise<Response>;
}

/** The real application on memory ports; `extend` may add routes that show a convention by itself. */
export async function openApp(
  options: MemoryPlatformOptions = {},
  extend: (app: App) => void = () => undefined,
): Promise<TestApp> {
  const platform = await createMemoryPlatform(options);
  const app = createApp();
  extend(app);
  const call: TestApp["call"] = async (path, init, overrides) =>
    app.fetch(new Request(new URL(path, ORIGIN), init), openMemoryDeps(platform, overrides));
  return { app, platform, call };
}

export function operatorHeaders(platform: MemoryPlatform): Record<string, string> {
  return { authorization: `Bearer ${platform.config.operatorKey}` };
}

export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get("content-type");
  if (type !== "application/problem+json")
    throw new Error(`Expected a problem, got ${response.status} "${type}"`);
  return (await response.json()) as Record<string, unknown>;
}
