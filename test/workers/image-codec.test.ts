import { env } from "cloudflare:workers";
import { createExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openDeps } from "../../src/platform/workers/open.ts";
import { bmpFile } from "../codec/other-files.ts";
import { scene } from "../codec/pixels.ts";

it("workerd resizes an image that lies in R2, and answers a broken one with its code", async () => {
  const { codec } = openDeps(env, createExecutionContext(), newIsolate());
  const bytes = bmpFile(scene(700, 500));
  await env.BLOBS.put("originals/a", bytes);
  await env.BLOBS.put("originals/b", bytes.subarray(0, 5_000));
  const whole = await env.BLOBS.get("originals/a");
  const cut = await env.BLOBS.get("originals/b");
  if (whole === null || cut === null) throw new Error("R2 has not kept the images");
  const { variants, thumbhash } = await codec.resize(whole.body, "bmp");
  expect(thumbhash).toMatch(/^[\w+/=]{24,40}$/);
  expect([variants.large, variants.medium, variants.thumb]).toMatchObject([
    { width: 700, height: 500 },
    { width: 500, height: 357 },
    { width: 100, height: 71 },
  ]);
  await expect(codec.resize(cut.body, "bmp")).rejects.toMatchObject({ code: "image_truncated" });
});
