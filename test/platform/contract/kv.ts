import { beforeEach, describe, expect, it } from "vitest";
import type { Kv } from "../../../src/ports/kv.ts";

/** What every platform's KV must do. `open` answers one without the keys of this suite. */
export function kvContract(name: string, open: () => Promise<Kv> | Kv): void {
  describe(`kv: ${name}`, () => {
    let kv: Kv;
    beforeEach(async () => {
      kv = await open();
    });

    it("answers null for a key never written", async () => {
      expect(await kv.get("absent")).toBeNull();
    });

    it("gives back the last value put", async () => {
      await kv.put("a", "1", 60);
      await kv.put("a", "2 – ünï", 3_600);
      expect(await kv.get("a")).toBe("2 – ünï");
    });

    it("tells an empty value from a missing one", async () => {
      await kv.put("empty", "", 60);
      expect(await kv.get("empty")).toBe("");
    });

    it("forgets a deleted key, and a delete of nothing is no failure", async () => {
      await kv.put("b", "1", 60);
      await kv.delete("b");
      await kv.delete("never");
      expect(await kv.get("b")).toBeNull();
    });

    it("refuses a lifetime under 60 s and a key over 512 bytes", async () => {
      await expect(kv.put("c", "1", 59)).rejects.toThrow(/59/);
      await expect(kv.put("k".repeat(513), "1", 60)).rejects.toThrow(/512/);
    });
  });
}
