import { describe, expect, test } from "vitest";
import { originalKey } from "../../src/domain/image.ts";
import { pictureKeys } from "../../src/services/images/stored-pictures.ts";
import type { StoredVariants } from "../../src/domain/image.ts";
import { tinyPng } from "../services/images/tiny-png.ts";
import { Faults, faultyDeps } from "./faulty.ts";
import { openWorld, outcomeOf, runAll, type ResizeWorld } from "./resize-world.ts";

type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

interface Run {
  outcome: Outcome;
  faults: Faults;
  sha256: string;
}

const png = tinyPng(240, 160);
const broken = png.slice(0, png.length >> 1);

async function run(
  bytes: Uint8Array<ArrayBuffer>,
  faults: Faults,
  prepare: (world: ResizeWorld) => void = () => undefined,
): Promise<Run> {
  const world = await openWorld(bytes);
  try {
    prepare(world);
    await runAll(world, faultyDeps(world.platform, faults));
    return { outcome: await outcomeOf(world), faults, sha256: world.sha256 };
  } finally {
    world.platform.close();
  }
}

/** A codec that never works, for reasons that are not the image's. */
function breakCodec({ platform }: ResizeWorld): void {
  platform.codecModule = () => Promise.reject(new Error("the module does not load"));
}

const worlds = [
  ["an image that can be read", png, undefined],
  ["an image that ends too early", broken, undefined],
  ["a codec that never works", png, breakCodec],
] as const;

describe.each(worlds)("%s", (_, bytes, prepare) => {
  test("ends the same, whichever call of its work fails, before its effect or after it", async () => {
    const undisturbed = await run(bytes, new Faults(), prepare);
    const { calls, names } = undisturbed.faults;
    expect(calls).toBeGreaterThan(5);
    for (let at = 1; at <= calls; at++) {
      for (const when of ["before", "after"] as const) {
        const { outcome } = await run(bytes, new Faults(at, when), prepare);
        expect(outcome, `a fault ${when} call ${at}, ${names[at - 1]}`).toEqual(undisturbed.outcome);
      }
    }
  }, 120_000);
});

const webhooks = ["wh_1", "wh_2"];

test("undisturbed, the image is ready, told once to each webhook, and nothing else is left", async () => {
  const { outcome, sha256, faults } = await run(png, new Faults());
  const [content] = outcome.contents;
  expect(content).toMatchObject({ state: "ready", error_code: null, width: 240, height: 160, has_alpha: 0 });
  const variants = JSON.parse(String(content.variants)) as StoredVariants;
  expect(variants.thumb).toMatchObject({ width: 100, height: 67 });
  expect(outcome.blobs).toEqual([originalKey(sha256), ...new Set(pictureKeys(variants).sort())]);
  expect(outcome.told).toEqual(
    webhooks.map((webhook_id) => ({ webhook_id, event: "image.ready", image: "img_org" })),
  );
  expect(outcome.jobs).toEqual([{ jobs: 2, deliveries: 2 }]);
  expect([outcome.unsent, outcome.dead]).toEqual([[], []]);
  expect(new Set(faults.names)).toEqual(
    new Set(["db.batch", "stream.read", "blobs.getStream", "blobs.put", "codec.resize", "jobs.send"]),
  );
});

test("an image that ends too early fails at once, is told of, and leaves no blob", async () => {
  const { outcome } = await run(broken, new Faults());
  expect(outcome.contents).toMatchObject([
    { state: "failed", error_code: "image_truncated", variants: null },
  ]);
  expect(outcome.told).toMatchObject(webhooks.map((webhook_id) => ({ webhook_id, event: "image.failed" })));
  expect([outcome.blobs, outcome.dead]).toEqual([[], []]);
});

test("work that fails in each delivery is buried, and the image failed with its original kept", async () => {
  const { outcome, sha256 } = await run(png, new Faults(), breakCodec);
  expect(outcome.contents).toMatchObject([{ state: "failed", error_code: "processing_failed" }]);
  expect(outcome.told).toMatchObject(webhooks.map((webhook_id) => ({ webhook_id, event: "image.failed" })));
  expect(outcome.dead).toEqual([{ id: "dl_job_1", kind: "images.resize" }]);
  expect(outcome.blobs).toEqual([originalKey(sha256)]);
});
