import { describe, expect, it } from "vitest";
import type { Lifetime } from "../../../src/ports/lifetime.ts";

/** What every lifetime must do. `settle` waits for what was deferred. */
export function lifetimeContract(
  name: string,
  open: () => { lifetime: Lifetime; settle(): Promise<unknown> },
): void {
  describe(`lifetime: ${name}`, () => {
    it("lets deferred work end after the response, also what it defers itself", async () => {
      const { lifetime, settle } = open();
      const done: string[] = [];
      lifetime.defer(
        Promise.resolve().then(() => {
          done.push("first");
          lifetime.defer(Promise.resolve().then(() => done.push("second")));
        }),
      );
      await settle();
      expect(done).toEqual(["first", "second"]);
    });

    it("survives work that fails", async () => {
      const { lifetime, settle } = open();
      lifetime.defer(Promise.reject(new Error("deferred work fails")));
      await settle();
    });
  });
}
