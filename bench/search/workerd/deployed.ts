import { createApp } from "../../../src/app.ts";
import type { Blobs } from "../../../src/ports/blobs.ts";
import { newIsolate } from "../../../src/platform/isolate.ts";
import type { WorkersEnv } from "../../../src/platform/workers/env.ts";
import { openDeps } from "../../../src/platform/workers/open.ts";

interface Env extends WorkersEnv {
  BLOBS_URL: string;
}

/** Objects by HTTP from the process that measures, since workerd by itself has no R2. Reading is all a search needs. */
class HttpBlobs implements Blobs {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async get(key: string): Promise<ArrayBuffer | null> {
    const response = await fetch(`${this.#url}/${key}`);
    return response.ok ? response.arrayBuffer() : null;
  }

  async getRange(key: string, offset: number, length: number): Promise<ArrayBuffer | null> {
    return (await this.get(key))?.slice(offset, offset + length) ?? null;
  }

  put(): Promise<void> {
    return Promise.reject(new Error("Cannot write while searches are measured"));
  }

  delete(): Promise<void> {
    return this.put();
  }

  async list(): Promise<string[]> {
    return [];
  }
}

const app = createApp();
const isolate = newIsolate();

/** The Worker as it is deployed, with another source of blobs. */
export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const deps = { ...openDeps(env, context, isolate), blobs: new HttpBlobs(env.BLOBS_URL) };
    return app.fetch(request, deps, context);
  },
};
