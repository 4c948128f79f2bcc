import { beforeEach, describe, expect, it } from "vitest";
import type { Blobs } from "../../../src/ports/blobs.ts";

const BYTES = Uint8Array.from({ length: 1_000 }, (_, i) => i % 251);

/** What every platform's object store must do. `open` answers an empty one. */
export function blobsContract(name: string, open: () => Promise<Blobs> | Blobs): void {
  describe(`blobs: ${name}`, () => {
    let blobs: Blobs;
    beforeEach(async () => {
      blobs = await open();
    });

    it("answers null for a missing key, whole or by range", async () => {
      expect(await blobs.get("none/x")).toBeNull();
      expect(await blobs.getRange("none/x", 0, 10)).toBeNull();
    });

    it("gives back the bytes put, from a buffer or a view, and the last put wins", async () => {
      await blobs.put("seg/1", new Uint8Array([9]), "application/octet-stream");
      await blobs.put("seg/1", BYTES.subarray(10, 20), "application/octet-stream");
      expect(new Uint8Array((await blobs.get("seg/1")) ?? [])).toEqual(BYTES.slice(10, 20));
      await blobs.put("seg/2", BYTES.slice().buffer, "application/octet-stream");
      expect(new Uint8Array((await blobs.get("seg/2")) ?? [])).toEqual(BYTES);
    });

    it("keeps an empty object", async () => {
      await blobs.put("empty", new Uint8Array(0), "text/plain");
      expect((await blobs.get("empty"))?.byteLength).toBe(0);
    });

    it("reads a range, cut at the end of the object, and refuses one past it", async () => {
      await blobs.put("r", BYTES, "application/octet-stream");
      expect(new Uint8Array((await blobs.getRange("r", 100, 50)) ?? [])).toEqual(BYTES.slice(100, 150));
      expect(new Uint8Array((await blobs.getRange("r", 990, 50)) ?? [])).toEqual(BYTES.slice(990));
      await expect(blobs.getRange("r", 1_000, 1)).rejects.toThrow();
      await expect(blobs.getRange("r", 0, 0)).rejects.toThrow();
    });

    it("lists keys under a prefix in order, a page after a key", async () => {
      for (const key of ["p/c", "p/a", "q/z", "p/b", "p/d/e"]) {
        await blobs.put(key, new Uint8Array([1]), "text/plain");
      }
      expect(await blobs.list("p/", 10)).toEqual(["p/a", "p/b", "p/c", "p/d/e"]);
      expect(await blobs.list("p/", 2)).toEqual(["p/a", "p/b"]);
      expect(await blobs.list("p/", 2, "p/b")).toEqual(["p/c", "p/d/e"]);
      expect(await blobs.list("p/", 10, "p/d/e")).toEqual([]);
    });

    it("deletes many keys at once, missing ones too", async () => {
      await blobs.put("d/1", BYTES, "text/plain");
      await blobs.put("d/2", BYTES, "text/plain");
      await blobs.delete(["d/1", "d/none", "d/2"]);
      await blobs.delete([]);
      expect(await blobs.list("d/", 10)).toEqual([]);
    });

    it("takes keys of any characters as names, not as paths", async () => {
      await blobs.put("../up?x=1 ü%2F", BYTES, "text/plain");
      expect((await blobs.get("../up?x=1 ü%2F"))?.byteLength).toBe(1_000);
      expect(await blobs.list("../", 10)).toEqual(["../up?x=1 ü%2F"]);
    });
  });
}
