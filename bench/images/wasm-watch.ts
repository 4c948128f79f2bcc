/** What the instances of WebAssembly of this process did: their memory, and traps, whatever was made of them later. */
export class WasmWatch {
  readonly #memories: WeakRef<WebAssembly.Memory>[] = [];
  #peakBytes = 0;
  #instances = 0;
  #traps = 0;

  /** Of one instance, the most since `reset`. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** Traps that left an instance since `reset`. */
  get traps(): number {
    return this.#traps;
  }

  /** Instances made so far. */
  get instances(): number {
    return this.#instances;
  }

  /** Of all instances that have not been collected. */
  get liveBytes(): number {
    return this.#memories.reduce((sum, one) => sum + (one.deref()?.buffer.byteLength ?? 0), 0);
  }

  /** Starts counting peak and traps again. */
  reset(): void {
    this.#peakBytes = 0;
    this.#traps = 0;
  }

  /** An instance of the same exports, each noting what it leaves behind: a trap, and how large the memory is. */
  observe(instance: WebAssembly.Instance): WebAssembly.Instance {
    this.#instances++;
    const { memory } = instance.exports;
    if (!(memory instanceof WebAssembly.Memory)) return instance;
    this.#memories.push(new WeakRef(memory));
    const exports: WebAssembly.Exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      exports[name] = typeof value === "function" ? this.#noting(value, memory) : value;
    }
    return Object.create(WebAssembly.Instance.prototype, { exports: { value: exports } });
  }

  #noting(call: CallableFunction, memory: WebAssembly.Memory) {
    return (...args: unknown[]): unknown => {
      try {
        return call(...args);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) this.#traps++;
        throw error;
      } finally {
        this.#peakBytes = Math.max(this.#peakBytes, memory.buffer.byteLength);
      }
    };
  }
}

/** Watches every instance made from now on. */
export function watchWasm(): WasmWatch {
  const watch = new WasmWatch();
  const { Instance, instantiate } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, [module, imports]: [WebAssembly.Module, WebAssembly.Imports]) =>
      watch.observe(new target(module, imports)),
  });
  WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) =>
    watch.observe(await instantiate(module, imports))) as typeof instantiate;
  return watch;
}
