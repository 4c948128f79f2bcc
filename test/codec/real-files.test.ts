import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataFolder } from "../../bench/paths.ts";
import { AppError, type ErrorCode } from "../../src/domain/errors.ts";
import type { ResizedImage } from "../../src/ports/image-codec.ts";
import { ImageHeaderReader } from "../../src/services/images/header/image-header-reader.ts";
import { openCodec, resize } from "./open-codec.ts";

const FOLDER = dataFolder();

interface Listed {
  file: string;
  format: string;
  width: number;
  height: number;
  pixels: number;
  /** EXIF says that it lies on its side. */
  isTurned: boolean;
}

/** The listed files of some folders, without those of over 3 megapixels: the bench has these. */
function listed(...folders: readonly string[]): Listed[] {
  if (FOLDER === null) return [];
  const [, ...lines] = readFileSync(join(FOLDER, "images/MANIFEST.tsv"), "utf8").trim().split("\n");
  return lines
    .map((line) => line.split("\t"))
    .map(([file, format, , width, height, megapixels, features]) => {
      const pixels = Number(megapixels) * 1_000_000;
      const isTurned = /exif-orientation-[5-8]/.test(features);
      return { file, format, width: Number(width), height: Number(height), pixels, isTurned };
    })
    .filter(({ file, pixels }) => folders.includes(file.split("/")[0]) && pixels <= 3_000_000);
}

/** As an upload goes: its header first, then the variants. */
async function outcomeOf(file: string): Promise<ResizedImage | ErrorCode> {
  const bytes = new Uint8Array(readFileSync(join(FOLDER ?? "", "images", file)));
  const reader = new ImageHeaderReader();
  try {
    const header = reader.feed(bytes) ?? reader.end();
    return await resize(bytes, header.format, openCodec());
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

// Real files of all kinds; set VITRINE_DATA to their folder.
describe.skipIf(FOLDER === null)("of the files in VITRINE_DATA", { timeout: 60_000 }, () => {
  it.each(listed("pngsuite").map(({ file }) => file))("%s", async (file) => {
    const outcome = await outcomeOf(file);
    // Those that begin with x are broken on purpose.
    if (!file.startsWith("pngsuite/x")) expect(outcome).toBeTypeOf("object");
    else expect(outcome).toMatch(/^(not_an_image|image_corrupt|image_truncated)$/);
  });

  it.each(
    listed("orientation", "gif", "png", "webp", "jpeg-special").filter(
      ({ format }) => !/AVIF|HEI/.test(format),
    ),
  )("$file is made upright", async ({ file, width, height, isTurned }) => {
    const outcome = await outcomeOf(file);
    if (typeof outcome === "string") throw new Error(`${file} is refused: ${outcome}`);
    expect([outcome.width, outcome.height]).toEqual(isTurned ? [height, width] : [width, height]);
  });

  it.each([
    ["avif", /^image_avif_unsupported$/],
    ["heic", /^image_heic_unsupported$/],
    ["svg", /^image_format_unsupported$/],
  ])("%s is refused by its name", async (folder, code) => {
    const files = listed(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const { file } of files) expect(await outcomeOf(file), file).toMatch(code);
  });

  it("broken ones and bombs are refused or shown, each within a second of CPU", async () => {
    for (const { file } of listed("broken", "bombs")) {
      const before = process.cpuUsage();
      const outcome = await outcomeOf(file);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000, file).toBeLessThan(1_000);
      if (typeof outcome === "string") expect(outcome).toMatch(/^(not_an_image|image_\w+)$/);
    }
  });
});
