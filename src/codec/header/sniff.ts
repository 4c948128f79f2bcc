import type { ImageFormat } from "../../domain/image.ts";
import { BMP_SIGNATURE_BYTES, bmpHeader, hasBmpHeader } from "./bmp.ts";
import { gifHeader } from "./gif.ts";
import { jpegHeader } from "./jpeg.ts";
import { refusalOf } from "./other-files.ts";
import { pngHeader } from "./png.ts";
import { type FileHeader, peek, type Steps, textOf } from "./steps.ts";
import { webpHeader } from "./webp.ts";

/** Enough for every signature but BMP's, which is in its header; the smallest files are hardly longer. */
const SIGNATURE_BYTES = 12;
/** What is none of the formats taken is named by more of it: comments may stand in front of an SVG's first element. */
const NAMING_BYTES = 2_048;

const PARSERS: Readonly<Record<ImageFormat, () => Steps<FileHeader>>> = {
  jpeg: jpegHeader,
  png: pngHeader,
  webp: webpHeader,
  gif: gifHeader,
  bmp: bmpHeader,
};

/** Tells the format by the first bytes alone, then reads its header; throws an `AppError` for all other files. */
export function* fileHeader(noteFormat: (format: ImageFormat) => void): Steps<FileHeader> {
  const start = yield* peek(SIGNATURE_BYTES);
  const isBmp = textOf(start).startsWith("BM") && hasBmpHeader(yield* peek(BMP_SIGNATURE_BYTES));
  const format = isBmp ? "bmp" : formatOf(start);
  if (format === null) throw refusalOf(yield* peek(NAMING_BYTES));
  noteFormat(format);
  return yield* PARSERS[format]();
}

function formatOf(start: DataView): ImageFormat | null {
  const text = textOf(start);
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return "gif";
  if (/^RIFF[^]{4}WEBP/.test(text)) return "webp";
  return null;
}
