import { AppError } from "../../domain/errors.ts";
import { textOf } from "./steps.ts";

const AVIF: readonly string[] = ["avif", "avis"];
/** HEVC in HEIF: ISO/IEC 23008-12, annex B. */
const HEIC: readonly string[] = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];
const HEIF: readonly string[] = ["mif1", "mif2", "msf1", "miaf"];
const JPEG_2000: readonly string[] = ["jp2 ", "jpx ", "jpm ", "mjp2"];

/** Of a file in boxes (ISO/IEC 14496-12) only the kinds are told apart; none is taken. `null` for other files. */
export function isoMediaRefusal(start: DataView): AppError | null {
  if (start.byteLength < 12 || textOf(start, 4, 8) !== "ftyp") return null;
  const [major, ...compatible] = brandsOf(start);
  const isOf = (brands: readonly string[]): boolean =>
    brands.includes(major) || (HEIF.includes(major) && compatible.some((brand) => brands.includes(brand)));
  if (isOf(AVIF)) return new AppError("image_avif_unsupported", "AVIF images are not taken: send a JPEG");
  if (isOf(HEIC)) return new AppError("image_heic_unsupported", "HEIC images are not taken: send a JPEG");
  const name = imageName(major);
  if (name !== null)
    return new AppError("image_format_unsupported", `${name} images are not taken: send a JPEG`);
  return new AppError("not_an_image", `The file is a video or another file of type "${printable(major)}"`);
}

function imageName(major: string): string | null {
  if (HEIF.includes(major)) return "HEIF";
  if (JPEG_2000.includes(major)) return "JPEG 2000";
  if (major === "jxl ") return "JPEG XL";
  return major === "crx " ? "Raw (CR3)" : null;
}

/** The major brand, then the compatible ones, as far as `start` and the box reach. */
function brandsOf(start: DataView): string[] {
  const end = Math.min(start.getUint32(0), start.byteLength);
  const brands = [textOf(start, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textOf(start, at, at + 4));
  return brands;
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?").trim();
}
