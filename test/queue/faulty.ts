import type { Client } from "@libsql/client";
import { openDatabase } from "../../src/db/client.ts";
import { type MemoryDeps, type MemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { BlobStream, Blobs } from "../../src/ports/blobs.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { intercepted } from "../faults/fault.ts";

/** Fails one call of many: before it does anything, or after it has done all. */
export class Faults {
  calls = 0;
  readonly names: string[] = [];
  readonly #at: number;
  readonly #when: "before" | "after";

  constructor(at = 0, when: "before" | "after" = "before") {
    this.#at = at;
    this.#when = when;
  }

  async through<T>(name: string, call: () => Promise<T>): Promise<T> {
    const fails = ++this.calls === this.#at;
    this.names.push(name);
    if (fails && this.#when === "before") throw new Error(`fault before ${name}`);
    const result = await call();
    if (fails) throw new Error(`fault after ${name}`);
    return result;
  }
}

/** `target` with each of its asynchronous methods through `faults`. */
function wrapped<T extends object>(target: T, name: string, faults: Faults, only?: readonly string[]): T {
  return intercepted(target, (call, method) => faults.through(`${name}.${method}`, call), only);
}

/** Each piece of a stream is a call of its own. */
function wrappedStream({ body, size }: BlobStream, faults: Faults): BlobStream {
  const reader = body.getReader();
  const piece = () => faults.through("stream.read", () => reader.read());
  return {
    size,
    body: new ReadableStream({
      async pull(controller) {
        const { done, value } = await piece();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    }),
  };
}

/** The dependencies of a job, each of whose calls may fail. */
export function faultyDeps(platform: MemoryPlatform, faults: Faults): MemoryDeps {
  const plain = openMemoryDeps(platform);
  const client = wrapped<Client>(platform.client, "db", faults, ["execute", "batch"]);
  const blobs = wrapped<Blobs>(platform.blobs, "blobs", faults);
  const streaming: Blobs = new Proxy(blobs, {
    get: (inner, key) =>
      key === "getStream"
        ? async (name: string) => {
            const found = await inner.getStream(name);
            return found === null ? null : wrappedStream(found, faults);
          }
        : Reflect.get(inner, key, inner),
  });
  return {
    ...plain,
    db: openDatabase(() => client, newReceipt()),
    blobs: streaming,
    codec: wrapped(plain.codec, "codec", faults),
    jobs: wrapped(platform.jobs, "jobs", faults),
  };
}
