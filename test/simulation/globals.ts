import { createHash, webcrypto } from "node:crypto";
import type { Kernel } from "./kernel.ts";

type Fetch = typeof globalThis.fetch;
type Words = "setTimeout" | "clearTimeout" | "fetch" | "crypto";

/**
 * While a simulation runs, time, chance and the network of this process are the kernel's: whatever the application or its
 * libraries ask of the runtime itself. Answers what puts all back.
 */
export function takeOver(kernel: Kernel, fetch: Fetch): () => void {
  const names: Words[] = ["setTimeout", "clearTimeout", "fetch", "crypto"];
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  const [dateNow, mathRandom, performanceNow] = [Date.now, Math.random, performance.now];
  const fakes: Record<Words, unknown> = { ...timers(kernel), fetch, crypto: cryptoOf(kernel) };
  for (const name of names)
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: fakes[name] });
  Date.now = () => Math.floor(kernel.now);
  Math.random = () => kernel.random.next();
  performance.now = () => kernel.now;
  return () => {
    for (const [name, descriptor] of before)
      if (descriptor !== undefined) Object.defineProperty(globalThis, name, descriptor);
    Object.assign(Date, { now: dateNow });
    Object.assign(Math, { random: mathRandom });
    Object.assign(performance, { now: performanceNow });
  };
}

function timers(kernel: Kernel): Record<"setTimeout" | "clearTimeout", unknown> {
  const cancels = new Map<number, () => void>();
  let count = 0;
  return {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const id = ++count;
      const begin = (): void => {
        cancels.delete(id);
        run(...args);
      };
      cancels.set(id, kernel.after(ms, begin));
      return id;
    },
    clearTimeout: (id: number) => {
      cancels.get(id)?.();
      cancels.delete(id);
    },
  };
}

/** The real algorithms with random bytes of the seed, ending in the order in which they began. */
function cryptoOf(kernel: Kernel): unknown {
  const { subtle } = webcrypto;
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = kernel.random.below(256);
    return view;
  };
  const serial = new Proxy(subtle, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => kernel.serial(() => Reflect.apply(value, target, args));
    },
  });
  const digest = async (name: string, bytes: NodeJS.ArrayBufferView | ArrayBuffer): Promise<ArrayBuffer> => {
    const view = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
    return new Uint8Array(createHash(name.replace("-", "").toLowerCase()).update(view).digest()).buffer;
  };
  const plain = new Proxy(serial, {
    get: (target, name) => (name === "digest" ? digest : Reflect.get(target, name, target)),
  });
  const randomUUID = (): string => {
    const hex = [...fill(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
  };
  return { subtle: plain, getRandomValues: fill, randomUUID };
}
