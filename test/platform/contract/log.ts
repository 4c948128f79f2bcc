import { describe, expect, it } from "vitest";
import type { Log } from "../../../src/ports/log.ts";

/** What every log must do. `open` answers a log and a way to read the lines it has written, as objects. */
export function logContract(
  name: string,
  open: () => { log: Log; lines(): Record<string, unknown>[] },
): void {
  describe(`log: ${name}`, () => {
    it("writes level, event and fields, and what `with` adds to each line", () => {
      const { log, lines } = open();
      const request = log.with({ request_id: "r1" }).with({ route: "/v1/search" });
      request.info("request", { status: 200 });
      request.warn("slow");
      log.error("failed");
      expect(lines()).toMatchObject([
        { level: "info", event: "request", request_id: "r1", route: "/v1/search", status: 200 },
        { level: "warn", event: "slow", request_id: "r1" },
        { level: "error", event: "failed" },
      ]);
      expect(lines()[2]).not.toHaveProperty("request_id");
    });

    it("never throws, whatever it is given", () => {
      const { log, lines } = open();
      const cyclic: Record<string, unknown> = {};
      cyclic.self = cyclic;
      const hostile = {
        toJSON(): never {
          throw new Error("no");
        },
      };
      log.error("odd", { cyclic, big: 10n, error: new Error("x", { cause: new Error("y") }) });
      log.error("odd", { hostile });
      log.error("odd", { symbol: Symbol("s"), fn: () => 1, nothing: undefined });
      expect(lines()).toHaveLength(3);
    });
  });
}
