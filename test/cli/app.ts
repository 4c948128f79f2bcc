import { createApp } from "../../src/app.ts";
import {
  createMemoryPlatform,
  openMemoryDeps,
  TEST_CONFIG,
  type MemoryPlatform,
} from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { vitrine, type Ran, type Surroundings } from "./command-line.ts";
import { serve, type Service } from "./service.ts";

export const OPERATOR_KEY = String(TEST_CONFIG.operatorKey);

export interface RunningApp extends Service {
  platform: MemoryPlatform;
  /** The command line with the operator's key. */
  operator(...args: string[]): Promise<Ran>;
  /** With an API key of an organisation, and the operator's. */
  withKey(key: string, ...args: string[]): Promise<Ran>;
  /** With nothing but these surroundings. */
  run(args: readonly string[], surroundings?: Surroundings): Promise<Ran>;
}

/** The real application on memory ports over HTTP; the queue runs after each request, as a consumer nearby would. */
export async function startApp(now?: number): Promise<RunningApp> {
  const platform = await createMemoryPlatform(now === undefined ? {} : { now });
  const app = createApp();
  const service = await serve(async (request) => {
    platform.clock.advance(1_000);
    const deps = openMemoryDeps(platform);
    const response = await app.fetch(request, deps);
    await deps.lifetime.settle();
    await platform.jobs.drain((messages) => consume(openMemoryDeps(platform), messages));
    return response;
  });
  const run: RunningApp["run"] = (args, surroundings = {}) =>
    vitrine(args, {
      ...surroundings,
      environment: { VITRINE_URL: service.url, ...surroundings.environment },
    });
  return {
    url: service.url,
    platform,
    run,
    operator: (...args) => run(args, { environment: { OPERATOR_KEY } }),
    withKey: (key, ...args) => run(args, { environment: { VITRINE_KEY: key, OPERATOR_KEY } }),
    async close() {
      await service.close();
      platform.close();
    },
  };
}
