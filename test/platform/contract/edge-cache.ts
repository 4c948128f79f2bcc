import { beforeEach, describe, expect, it } from "vitest";
import type { EdgeCache } from "../../../src/ports/edge-cache.ts";

/** What every platform's edge cache must do. */
export function edgeCacheContract(name: string, open: () => Promise<EdgeCache> | EdgeCache): void {
  describe(`edge cache: ${name}`, () => {
    let cache: EdgeCache;
    beforeEach(async () => {
      cache = await open();
    });

    it("misses what was never put", async () => {
      expect(await cache.get("search:7:absent")).toBeNull();
    });

    it("gives back the last value put, for keys of any characters", async () => {
      const key = 'search:7:{"q":"t-shirt #1 / 50 % & ü"}';
      await cache.put(key, "old", 60);
      await cache.put(key, "neu – ✓", 60);
      expect(await cache.get(key)).toBe("neu – ✓");
    });

    it("gives back bytes as they were put, apart from texts under the same key", async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
      expect(await cache.getBytes("picture")).toBeNull();
      await cache.put("picture", "text", 60);
      await cache.putBytes("picture", bytes.buffer, 60);
      const kept = await cache.getBytes("picture");
      expect(kept === null ? null : new Uint8Array(kept)).toEqual(bytes);
      expect(await cache.get("picture")).toBe("text");
    });

    it("keeps keys apart that differ in the last character only", async () => {
      await cache.put("k?a=1", "one", 60);
      await cache.put("k?a=2", "two", 60);
      expect([await cache.get("k?a=1"), await cache.get("k?a=2")]).toEqual(["one", "two"]);
    });
  });
}
