import { expect, it } from "vitest";
import { Pace } from "../../src/codec/pace.ts";
import { resize } from "./open-codec.ts";
import { scene } from "./pixels.ts";
import { pngFile } from "./png-files.ts";

function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it("gives way to others after 25 ms of work, and not before", async () => {
  const pace = new Pace();
  let turns = 0;
  setTimeout(() => turns++, 0);
  await pace.rest();
  expect(turns).toBe(0);
  work(26);
  await pace.rest();
  expect(turns).toBe(1);
});

it("lets others have their turns while an image whose bytes are all at hand is decoded", async () => {
  const bytes = pngFile(scene(3_000, 3_000));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await resize(bytes, "png");
  clearInterval(timer);
  // Encoding alone gives way five times at most.
  expect(turns).toBeGreaterThan(5);
});
