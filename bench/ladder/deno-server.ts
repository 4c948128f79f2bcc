import { FolderBlobs } from "../../src/platform/deno/blobs.ts";
import { TableJobs } from "../../src/platform/deno/jobs.ts";
import { TableKv } from "../../src/platform/deno/kv.ts";
import { Fault } from "../../test/faults/fault.ts";
import type { FaultKind } from "../../test/faults/fault.ts";

interface DenoServer {
  serve(
    options: { port: number; hostname: string },
    answer: (request: Request, info: never) => Response | Promise<Response>,
  ): unknown;
}

type Method = (this: unknown, ...args: unknown[]) => Promise<unknown>;

const [port, controlPort] = [Number(process.argv[2]), Number(process.env.CONTROL_PORT)];
const faults = { kv: new Fault(), blobs: new Fault(), queue: new Fault() };

/** Puts a fault below the guards of all instances. */
function wrap(prototype: object, names: readonly string[], fault: Fault): void {
  for (const name of names) {
    const method = Reflect.get(prototype, name) as Method;
    const through: Method = function (...args) {
      return fault.through(() => method.apply(this, args));
    };
    Reflect.set(prototype, name, through);
  }
}

wrap(TableKv.prototype, ["get", "put", "delete"], faults.kv);
wrap(
  FolderBlobs.prototype,
  ["get", "getRange", "getStream", "put", "putStream", "delete", "list"],
  faults.blobs,
);
wrap(TableJobs.prototype, ["send"], faults.queue);

const { default: handler } = await import("../../src/deno.ts");
const deno = Reflect.get(globalThis, "Deno") as DenoServer;
const hostname = "127.0.0.1";

// POST /kv/away
deno.serve({ port: controlPort, hostname }, (request) => {
  const [, name, kind] = new URL(request.url).pathname.split("/");
  const fault = Object.hasOwn(faults, name) ? faults[name as keyof typeof faults] : undefined;
  if (fault === undefined) return new Response(null, { status: 404 });
  fault.kind = kind as FaultKind;
  return new Response(null, { status: 204 });
});
deno.serve({ port, hostname }, (request, info) => handler.fetch(request, info));
