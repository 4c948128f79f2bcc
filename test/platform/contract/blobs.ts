import { beforeEach, describe, expect, it } from "vitest";
import type { Blobs } from "../../../src/ports/blobs.ts";

const PART = 5 * 1_048_576;
const BYTES = Uint8Array.from({ length: 1_000 }, (_, i) => i % 251);

function pieces(bytes: Uint8Array, pieceBytes: number, failure?: Error): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return failure === undefined ? controller.close() : controller.error(failure);
      controller.enqueue(bytes.slice(at, at + pieceBytes));
      at += pieceBytes;
    },
  });
}

async function hexOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes of which no part is like another. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  let state = length + 1;
  return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16);
}

const PUT = {
  temporaryKey: "uploads/1",
  keyOf: (sha256: string) => `kept/${sha256}`,
  contentType: "application/octet-stream",
};

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

    it("streams an object, or a range of it, and says how large the whole is", async () => {
      const bytes = noise(200_000);
      await blobs.put("s", bytes, "application/octet-stream");
      const read = async (range?: { offset: number; length: number }) => {
        const stream = await blobs.getStream("s", range);
        return [stream?.size, new Uint8Array(await new Response(stream?.body).arrayBuffer())];
      };
      expect(await read()).toEqual([200_000, bytes]);
      expect(await read({ offset: 70_000, length: 10 })).toEqual([200_000, bytes.slice(70_000, 70_010)]);
      expect(await read({ offset: 199_990, length: 50 })).toEqual([200_000, bytes.slice(199_990)]);
      expect(await blobs.getStream("none/x")).toBeNull();
      await expect(blobs.getStream("s", { offset: 200_000, length: 1 })).rejects.toThrow();
    });

    it("streams an empty object, and one that is cancelled", async () => {
      await blobs.put("empty", new Uint8Array(0), "text/plain");
      const empty = await blobs.getStream("empty");
      expect((await new Response(empty?.body).arrayBuffer()).byteLength).toBe(0);
      await blobs.put("s", noise(300_000), "text/plain");
      await (await blobs.getStream("s"))?.body.cancel();
    });

    it.each([0, 1, 1_000, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 12_345])(
      "stores a stream of %i bytes under its hash and leaves nothing else",
      async (length) => {
        const bytes = noise(length);
        const sha256 = await hexOf(bytes);
        const stored = await blobs.putStream(pieces(bytes, 70_001), PUT);
        expect(stored).toEqual({ key: `kept/${sha256}`, sha256, bytes: length });
        const kept = (await blobs.get(stored.key)) ?? new ArrayBuffer(0);
        expect([kept.byteLength, await hexOf(new Uint8Array(kept))]).toEqual([length, sha256]);
        expect(await blobs.list("", 10)).toEqual([stored.key]);
      },
    );

    it("takes pieces larger than a part", async () => {
      const bytes = noise(2 * PART + 5);
      const { sha256 } = await blobs.putStream(pieces(bytes, bytes.length), PUT);
      expect(sha256).toBe(await hexOf(bytes));
    });

    it("takes a source that uses the same memory again", async () => {
      const bytes = noise(PART + 100_000);
      const piece = new Uint8Array(10_000);
      let at = 0;
      const source = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (at >= bytes.length) return controller.close();
            piece.set(bytes.subarray(at, at + piece.length));
            controller.enqueue(piece.subarray(0, Math.min(piece.length, bytes.length - at)));
            at += piece.length;
          },
        },
        { highWaterMark: 0 },
      );
      const { sha256 } = await blobs.putStream(source, PUT);
      expect(sha256).toBe(await hexOf(bytes));
    });

    it.each([10, 2 * PART])("keeps nothing of a stream that fails after %i bytes", async (length) => {
      const broken = pieces(noise(length), 100_000, new Error("the client is gone"));
      await expect(blobs.putStream(broken, PUT)).rejects.toThrow("the client is gone");
      expect(await blobs.list("", 10)).toEqual([]);
    });

    it.each([10, 2 * PART])("keeps nothing of %i bytes whose hash is refused", async (length) => {
      const keyOf = (): string => {
        throw new Error("another hash was announced");
      };
      const put = blobs.putStream(pieces(noise(length), 100_000), { ...PUT, keyOf });
      await expect(put).rejects.toThrow("another hash");
      expect(await blobs.list("", 10)).toEqual([]);
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
