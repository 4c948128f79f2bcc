import { search } from "../../../src/index/search.ts";
import { openSegment } from "../../../src/index/segment.ts";
import { createSnapshot } from "../../../src/index/snapshot.ts";
import type { IndexSnapshot } from "../../../src/index/snapshot.ts";

interface Bucket {
  list(): Promise<{ objects: { key: string }[] }>;
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
}

interface Env {
  SEGMENTS: Bucket;
}

let snapshot: IndexSnapshot | null = null;
let timings = { fetchMs: 0, openMs: 0, bytes: 0 };

async function fetchSegments(bucket: Bucket): Promise<ArrayBuffer[]> {
  const { objects } = await bucket.list();
  return Promise.all(
    objects.map(async ({ key }) => {
      const object = await bucket.get(key);
      if (object === null) throw new Error(`The segment "${key}" is missing`);
      return object.arrayBuffer();
    }),
  );
}

async function load(bucket: Bucket): Promise<IndexSnapshot> {
  const start = performance.now();
  const buffers = await fetchSegments(bucket);
  const fetched = performance.now();
  const segments = buffers.map((buffer) => ({ segment: openSegment(buffer), dead: null }));
  const opened = createSnapshot({ segments, version: "1.0" });
  const bytes = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  timings = { fetchMs: fetched - start, openMs: performance.now() - fetched, bytes };
  return opened;
}

function find(index: IndexSnapshot, query: string): string[] {
  const asked = { query, filters: [], facets: [], limit: 20, after: null, explain: false };
  return search(index, { ...asked, sort: "relevance" }).hits.map(({ id }) => id);
}

/** The least Worker around the engine: `/healthz`, `/read` (fetches and drops the segments), `/search?q=`. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/healthz") return new Response("ok");
    if (pathname === "/read") return Response.json({ segments: (await fetchSegments(env.SEGMENTS)).length });
    snapshot ??= await load(env.SEGMENTS);
    return Response.json({ ids: find(snapshot, searchParams.get("q") ?? ""), ...timings });
  },
};
