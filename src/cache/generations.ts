/**
 * A map of about `maxBytes` by the sizes its callers state: what was not asked for while half of it was filled is
 * forgotten. Asking costs one look-up, where a least-recently-used map moves each entry it is asked for.
 */
export class Generations<T> {
  readonly #maxBytes: number;
  #young = new Map<string, { value: T; sizeBytes: number }>();
  #old = new Map<string, { value: T; sizeBytes: number }>();
  #youngBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): T | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old.value, old.sizeBytes);
    return old?.value;
  }

  set(key: string, value: T, sizeBytes: number): void {
    if (this.#youngBytes + sizeBytes > this.#maxBytes / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#youngBytes += sizeBytes - (this.#young.get(key)?.sizeBytes ?? 0);
    this.#young.set(key, { value, sizeBytes });
  }

  /** Entries that can be found, some of them twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#youngBytes = 0;
  }
}
