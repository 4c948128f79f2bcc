import type { InvocationTrace } from "../../domain/traces/invocation-trace.ts";
import type { SpanAttributes, SpanKind } from "../../domain/traces/span.ts";
import type { MeteredPorts } from "./metered.ts";

/** The ports with a span for each call, below the invocation's own. Keys and values stay out of it. */
export function traced(ports: MeteredPorts, trace: InvocationTrace): MeteredPorts {
  if (!trace.isOn) return ports;
  return {
    kv: spanned(ports.kv, trace, "client", "kv", { "vitrine.store": "kv" }),
    edgeCache: spanned(ports.edgeCache, trace, "client", "edge_cache", { "vitrine.store": "edge-cache" }),
    blobs: spanned(ports.blobs, trace, "client", "blobs", { "vitrine.store": "blobs" }),
    jobs: spanned(ports.jobs, trace, "producer", "jobs", {
      "messaging.system": "vitrine",
      "messaging.operation.type": "send",
    }),
  };
}

/** Each method that gives a promise; a span's name is the port and the method. */
function spanned<T extends object>(
  port: T,
  trace: InvocationTrace,
  kind: SpanKind,
  name: string,
  attributes: SpanAttributes,
): T {
  return new Proxy(port, {
    get(target, property) {
      const method: unknown = Reflect.get(target, property, target);
      if (typeof method !== "function") return method;
      return (...args: unknown[]): unknown => {
        const startedMs = performance.now();
        const ended = (error: string | null): void =>
          trace.part({ name: `${name} ${String(property)}`, kind, startedMs, attributes, error });
        const result: unknown = Reflect.apply(method, target, args);
        if (!(result instanceof Promise)) return result;
        return result.then(
          (value: unknown) => {
            ended(null);
            return value;
          },
          (error: unknown) => {
            ended(error instanceof Error ? error.name : "unknown");
            throw error;
          },
        );
      };
    },
  });
}
