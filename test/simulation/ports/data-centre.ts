/** What the isolates of one data centre share. */
export interface DataCentre {
  name: string;
  /** The Cache API's entries. */
  cache: Map<string, CacheEntry>;
  /** What was read of KV there, and until when it is read again. */
  kvSeen: Map<string, SeenValue>;
}

export interface CacheEntry {
  value: string | ArrayBuffer;
  expiresAt: number;
}

export interface SeenValue {
  value: string | null;
  until: number;
}

export function newDataCentre(name: string): DataCentre {
  return { name, cache: new Map(), kvSeen: new Map() };
}
