import type { EdgeCache } from "../../ports/edge-cache.ts";

const ORIGIN = "https://edge-cache.vitrine.internal/";
const BYTES = "bytes|";

/** The Cache API under made-up addresses. It holds nothing on workers.dev, where every get is a miss. */
export class WorkersEdgeCache implements EdgeCache {
  async get(key: string): Promise<string | null> {
    const found = await store()?.match(await addressOf(key));
    return found === undefined ? null : found.text();
  }

  put(key: string, value: string, ttlSeconds: number): Promise<void> {
    return keep(key, value, ttlSeconds);
  }

  async getBytes(key: string): Promise<ArrayBuffer | null> {
    const found = await store()?.match(await addressOf(BYTES + key));
    return found === undefined ? null : found.arrayBuffer();
  }

  putBytes(key: string, bytes: ArrayBuffer, ttlSeconds: number): Promise<void> {
    return keep(BYTES + key, bytes, ttlSeconds);
  }
}

async function keep(key: string, value: string | ArrayBuffer, ttlSeconds: number): Promise<void> {
  const headers = { "Cache-Control": `public, max-age=${Math.floor(ttlSeconds)}` };
  await store()?.put(await addressOf(key), new Response(value, { headers }));
}

function store(): Cache | undefined {
  return typeof caches === "undefined" ? undefined : caches.default;
}

// Keys hold whole queries, addresses at most 16 KB: hence the digest.
async function addressOf(key: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
  return ORIGIN + Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
