import type { ResultSet } from "@libsql/client";
import type { Job } from "../../src/ports/jobs.ts";

/**
 * The version of the Worker that is being rolled out: the present one, but for what it writes. To what both keep or send it
 * adds a field, its segments of the index are of a format of its own, which the present one cannot read, nor it the older; and
 * so are its manifests, where `MANIFESTS` says so. Cloudflare runs both at once in a gradual deployment, also for one client:
 * developers.cloudflare.com/workers/configuration/versions-and-deployments/gradual-deployments
 */
export const NEXT_KIND = "next.work";

const SEGMENTS = "index/segments/";
const MANIFEST = "index/manifest.json";
const VERSION_WORD = 1;

/** A JSON object, whatever follows it, with a field that the present version does not know. */
export function asNextWrites(text: string): string {
  return text.startsWith('{"') ? `{"next":1,${text.slice(1)}` : text;
}

export function asNextSends(job: Job): Job {
  return { ...job, payload: { ...job.payload, next: 1 } };
}

export function asNextStores(key: string, bytes: ArrayBuffer | Uint8Array): ArrayBuffer | Uint8Array {
  if (key.startsWith(SEGMENTS)) return withVersion(new Uint8Array(bytes).slice().buffer, 1);
  if (key === MANIFEST) return new TextEncoder().encode(nextManifest(new TextDecoder().decode(bytes)));
  return bytes;
}

export function asPresentReads(key: string, bytes: ArrayBuffer): ArrayBuffer {
  if (key.startsWith(SEGMENTS)) return withVersion(bytes.slice(0), -1);
  if (key !== MANIFEST) return bytes;
  return new TextEncoder().encode(presentManifest(new TextDecoder().decode(bytes))).buffer;
}

function withVersion(bytes: ArrayBuffer, step: number): ArrayBuffer {
  new Uint32Array(bytes)[VERSION_WORD] += step;
  return bytes;
}

function nextManifest(text: string): string {
  return text.replace(/^\{"format":1,/, '{"format":2,');
}

function presentManifest(text: string): string {
  return text.replace(/^\{"format":2,/, '{"format":1,');
}

type Statement = string | [string, unknown?] | { sql: string; args?: unknown };

/** Manifests as the next version writes them. */
export function writeAsNext<T extends Statement>(statement: T): T {
  if (typeof statement === "string" || Array.isArray(statement) || !Array.isArray(statement.args))
    return statement;
  const { sql, args } = statement;
  if (!/^\s*insert into "?index_manifests/i.test(sql)) return statement;
  const given = args.map((arg: unknown) => (typeof arg === "string" ? nextManifest(arg) : arg));
  return { ...(statement as object), args: given } as T;
}

export function readAsNext(result: ResultSet): ResultSet {
  if (!result.columns.includes("manifest")) return result;
  for (const row of result.rows) {
    for (const [name, value] of Object.entries(row))
      if (typeof value === "string" && value.startsWith('{"format":2,')) row[name] = presentManifest(value);
  }
  return result;
}
