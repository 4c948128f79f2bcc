import { CacheMemory } from "../../../src/cache/memory.ts";
import type { IsolateState } from "../../../src/deps.ts";
import { createApp } from "../../../src/app.ts";
import type { Blobs } from "../../../src/ports/blobs.ts";
import { newIsolate } from "../../../src/platform/isolate.ts";
import type { WorkersEnv } from "../../../src/platform/workers/env.ts";
import { openDeps } from "../../../src/platform/workers/open.ts";

interface Env extends WorkersEnv {
  BLOBS_URL: string;
  /** Sent with each request that has none, since the load's client sets no headers. */
  AUTHORIZATION?: string;
  /** `off`: an organisation's answers are read from the database each time; who asks is remembered as ever. */
  ANSWER_CACHE?: string;
}

class ForgetfulCache extends CacheMemory {
  override get(key: string): ReturnType<CacheMemory["get"]> {
    return key.startsWith("answer|") ? undefined : super.get(key);
  }

  /** Nobody waits for another's answer, which would not be found. */
  override beginFill(): boolean {
    return true;
  }
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

  async getStream(): Promise<null> {
    return null;
  }

  putStream(): Promise<never> {
    return this.put();
  }

  put(): Promise<never> {
    return Promise.reject(new Error("Cannot write while searches are measured"));
  }

  delete(): Promise<never> {
    return this.put();
  }

  async list(): Promise<string[]> {
    return [];
  }
}

export { MetricsObject } from "../../../src/platform/workers/metrics-object.ts";

const app = createApp();
const isolate = newIsolate();
const forgetful: IsolateState = { ...isolate, cache: new ForgetfulCache(12_000_000) };

function withCredential(request: Request, authorization: string | undefined): Request {
  if (authorization === undefined || request.headers.has("authorization")) return request;
  const headers = new Headers(request.headers);
  headers.set("authorization", authorization);
  return new Request(request, { headers });
}

/** The Worker as it is deployed, with another source of blobs and, where asked for, a credential or no cached answers. */
export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const state = env.ANSWER_CACHE === "off" ? forgetful : isolate;
    const deps = { ...openDeps(env, context, state), blobs: new HttpBlobs(env.BLOBS_URL) };
    return app.fetch(withCredential(request, env.AUTHORIZATION), deps, context);
  },
};
