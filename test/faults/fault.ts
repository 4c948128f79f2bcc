/** How a dependency behaves: as it is, refusing each call, answering late, or never. */
export type FaultKind = "none" | "away" | "slow" | "hangs";

/** One dependency's fault, which a test or a measurement turns on and off while requests are under way. */
export class Fault {
  kind: FaultKind = "none";
  /** Of a slow one. */
  delayMs = 0;
  /** Calls that reached the dependency or should have. */
  calls = 0;

  async through<T>(call: () => Promise<T>): Promise<T> {
    this.calls++;
    switch (this.kind) {
      case "none":
        return call();
      case "away":
        throw new Error("Network connection lost.");
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, this.delayMs));
        return call();
      case "hangs":
        return new Promise<never>(() => undefined);
      default:
        return this.kind satisfies never;
    }
  }
}

type Call = () => Promise<unknown>;

/** `target` with each of its asynchronous methods, or those of `only`, through `way`, which is told the method's name. */
export function intercepted<T extends object>(
  target: T,
  way: (call: Call, name: string) => Promise<unknown>,
  only?: readonly string[],
): T {
  return new Proxy(target, {
    get(inner, key) {
      const value: unknown = Reflect.get(inner, key, inner);
      if (typeof value !== "function") return value;
      const bound = value.bind(inner) as (...args: unknown[]) => Promise<unknown>;
      if (only !== undefined && !only.includes(String(key))) return bound;
      return (...args: unknown[]) => way(() => bound(...args), String(key));
    },
  });
}

/** `target` with each of its methods, or those of `only`, through `fault`. */
export function faulty<T extends object>(target: T, fault: Fault, only?: readonly string[]): T {
  return intercepted(target, (call) => fault.through(call), only);
}
