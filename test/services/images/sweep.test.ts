import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noteVariants } from "../../../src/db/queries/image-work.ts";
import { variantKey } from "../../../src/domain/image.ts";
import type { StoredVariants } from "../../../src/domain/image.ts";
import { uuidv7 } from "../../../src/domain/ids.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../../src/platform/memory/open.ts";
import { sweepBlobs } from "../../../src/services/images/sweep-blobs.ts";
import { sweepImages } from "../../../src/services/images/sweep.ts";
import { createTenant } from "../../http/tenants.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Seven minutes past an hour, when blobs are looked through. */
const NOW = Date.UTC(2026, 0, 5, 10, 7);

let platform: MemoryPlatform;
let orgId: string;
beforeEach(async () => {
  platform = await createMemoryPlatform({ now: NOW });
  ({ id: orgId } = await createTenant(platform, "own", "own"));
  await platform.client.batch(
    ["DELETE FROM images", "DELETE FROM image_contents", "DELETE FROM outbox"],
    "write",
  );
  platform.jobs.sent.length = 0;
});
afterEach(() => platform.close());

interface Content {
  state?: string;
  unusedSince?: number | null;
  changedAt?: number;
  /** Hashes of its pictures, one a variant. */
  pictures?: readonly [string, string, string];
}

function variantsOf([large, medium, thumb]: readonly [string, string, string]): StoredVariants {
  const of = (sha256: string) => ({
    width: 1,
    height: 1,
    encodings: [{ format: "jpeg" as const, bytes: 1, sha256 }],
  });
  return { large: of(large), medium: of(medium), thumb: of(thumb) };
}

async function put(...keys: string[]): Promise<void> {
  for (const key of keys) await platform.blobs.put(key, new Uint8Array([1]), "text/plain");
}

/** A content with its original and its pictures, as the work on it leaves them. */
async function addContent(sha256: string, content: Content = {}): Promise<void> {
  const { state = "ready", unusedSince = null, changedAt = NOW, pictures } = content;
  await platform.client.execute({
    sql: `INSERT INTO image_contents (sha256, format, bytes, width, height, state, created_at, changed_at, unused_since)
      VALUES (?, 'png', 1, 1, 1, 'processing', 0, ?, ?)`,
    args: [sha256, changedAt, unusedSince],
  });
  await put(`originals/${sha256}`);
  if (pictures !== undefined) {
    await noteVariants(openMemoryDeps(platform).db, { sha256, variants: variantsOf(pictures) });
    await put(...pictures.map(variantKey));
  }
  await platform.client.execute({
    sql: "UPDATE image_contents SET state = ? WHERE sha256 = ?",
    args: [state, sha256],
  });
}

async function column(sql: string): Promise<unknown[]> {
  const { rows } = await platform.client.execute(sql);
  return rows.map((row) => row[0]);
}

const blobs = () => platform.blobs.list("", 100);
const contents = () => column("SELECT sha256 FROM image_contents ORDER BY 1");

describe("contents", () => {
  test("that no image has had for ten minutes go with their blobs, but for pictures of others", async () => {
    await addContent("old", { unusedSince: NOW - 10 * MINUTE, pictures: ["a", "b", "shared"] });
    await addContent("late", { unusedSince: NOW - 10 * MINUTE + 1, pictures: ["c", "c", "c"] });
    await addContent("used", { pictures: ["d", "d", "shared"] });
    await sweepImages(openMemoryDeps(platform));
    expect(await contents()).toEqual(["late", "used"]);
    const left = ["originals/late", "originals/used", "variants/c", "variants/d", "variants/shared"];
    expect(await blobs()).toEqual(left);
    expect(await column("SELECT DISTINCT content FROM image_pictures ORDER BY 1")).toEqual(["late", "used"]);
  });

  test("stay where an image has them, whatever they are marked as", async () => {
    await addContent("used", { unusedSince: 1, pictures: ["a", "b", "c"] });
    await platform.client.execute({
      sql: "INSERT INTO images (id, sha256, org_id, created_at) VALUES ('img_1', 'used', ?, 1)",
      args: [orgId],
    });
    await sweepImages(openMemoryDeps(platform));
    expect(await contents()).toEqual(["used"]);
    expect(await blobs()).toHaveLength(4);
  });

  test("go a hundred at a time", async () => {
    for (let i = 0; i < 101; i++) await addContent(`c${i}`, { unusedSince: i });
    await sweepImages(openMemoryDeps(platform));
    expect(await contents()).toEqual(["c100"]);
    await sweepImages(openMemoryDeps(platform));
    expect([await contents(), await blobs()]).toEqual([[], []]);
  });

  test("that are stuck get their job again, once in fifteen minutes", async () => {
    await addContent("queued", { state: "queued", changedAt: NOW - 15 * MINUTE });
    await addContent("processing", { state: "processing", changedAt: NOW - 16 * MINUTE });
    await addContent("busy", { state: "processing", changedAt: NOW - 14 * MINUTE });
    await addContent("done", { state: "ready", changedAt: 1 });
    await sweepImages(openMemoryDeps(platform));
    await sweepImages(openMemoryDeps(platform));
    const sent = platform.jobs.sent.map(({ kind, payload }) => `${kind} ${payload.sha256}`).toSorted();
    expect(sent).toEqual(["images.resize processing", "images.resize queued"]);
    expect(await column("SELECT state FROM image_contents ORDER BY sha256")).toEqual([
      "processing",
      "ready",
      "queued",
      "queued",
    ]);
    expect(await column("SELECT count(*) FROM outbox WHERE sent_at IS NULL")).toEqual([0]);
  });

  test("cost two round trips where nothing is to be done", async () => {
    const deps = openMemoryDeps(platform);
    await sweepImages(deps);
    expect(deps.receipt.dbTrips).toBe(2);
  });
});

describe("blobs that a crash left behind go:", () => {
  test("uploads of yesterday, and none of today", async () => {
    const idAt = (at: number) => uuidv7({ now: () => at });
    const [old, fresh] = [`uploads/${idAt(NOW - 25 * HOUR)}`, `uploads/${idAt(NOW - 23 * HOUR)}`];
    await put(old, fresh);
    await sweepBlobs(openMemoryDeps(platform));
    expect(await blobs()).toEqual([fresh]);
  });

  test("originals and pictures that no row names, an hour after they were seen first", async () => {
    await addContent("kept", { pictures: ["k", "k", "k"] });
    await put("originals/lost", "originals/late", "variants/lost");
    await sweepBlobs(openMemoryDeps(platform));
    expect(await blobs()).toHaveLength(5);
    await addContent("late");
    platform.clock.advance(HOUR);
    await sweepBlobs(openMemoryDeps(platform));
    expect(await blobs()).toEqual(["originals/kept", "originals/late", "variants/k"]);
  });

  test("but at seven minutes past the hour alone", async () => {
    await put(`uploads/${uuidv7({ now: () => 1 })}`);
    platform.clock.advance(MINUTE);
    await sweepBlobs(openMemoryDeps(platform));
    expect(await blobs()).toHaveLength(1);
  });

  test("a thousand at a time, from where the last hour ended", async () => {
    const keys = Array.from({ length: 1_500 }, (_, i) => `originals/${String(i).padStart(4, "0")}`);
    await put(...keys);
    for (let hour = 0; hour < 3; hour++) {
      await sweepBlobs(openMemoryDeps(platform));
      platform.clock.advance(HOUR);
    }
    expect(await platform.blobs.list("", 10)).toEqual([]);
  });
});
