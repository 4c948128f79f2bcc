import { AppError } from "../../domain/errors.ts";
import { isoMediaRefusal } from "./iso-media.ts";
import { textOf } from "./steps.ts";

// oxlint-disable no-control-regex -- Signatures are bytes.

/** Pictures and documents that people send and that are not taken, by how they begin (in Latin-1). */
const FORMATS: readonly (readonly [name: string, start: RegExp])[] = [
  ["TIFF", /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/],
  ["JPEG XL", /^(\xff\n|\0\0\0\fJXL \r\n\x87\n)/],
  ["JPEG 2000", /^(\0\0\0\fjP {2}\r\n\x87\n|\xffO\xffQ)/],
  ["JPEG XR", /^II\xbc/],
  ["Photoshop (PSD)", /^8BPS/],
  ["GIMP (XCF)", /^gimp xcf/],
  ["Icon (ICO)", /^\0\0[\x01\x02]\0[^\0]/],
  ["QOI", /^qoif/],
  ["OpenEXR", /^v\/1\x01/],
  ["Radiance (HDR)", /^#\?(RADIANCE|RGBE)/],
  ["DDS", /^DDS /],
  ["FITS", /^SIMPLE {2}=/],
  ["DjVu", /^AT&TFORM/],
  ["Netpbm (PNM)", /^P[1-7][\s#]/],
  ["Windows Metafile", /^(\xd7\xcd\xc6\x9a|\x01\0\0\0[^]{36} EMF)/],
  ["MNG", /^\x8a(MNG)\r\n/],
  ["JNG", /^\x8b(JNG)\r\n/],
  ["Raw", /^(IIRO|IIRS|MMOR|IIU\0|FUJIFILMCCD-RAW|FOVb)/],
  ["PDF", /^%PDF-/],
  ["PostScript", /^(%!PS|\xc5\xd0\xd3\xc6)/],
];

/** What is no picture at all, but is often named like one. */
const NO_IMAGES: readonly (readonly [what: string, start: RegExp])[] = [
  ["a PHP script", /^<\?(php|=)/i],
  [
    "a web page (HTML)",
    /^(<!--[^]*?-->\s*)*<(!doctype\s+html|html|head|body|script|iframe|img|a|p|div|meta|title)[\s>/]/i,
  ],
  ["a script", /^#!/],
  ["a ZIP archive or an office document", /^PK(\x03\x04|\x05\x06)/],
  ["a GZIP archive", /^\x1f\x8b/],
  ["a program", /^(MZ|\x7fELF|\0asm)/],
  ["a sound or a video", /^(ID3|OggS|fLaC|\x1aE\xdf\xa3|RIFF[^]{4}(AVI |WAVE))/],
];

const XML = /^<(\?xml|!doctype|!--|svg|[a-z]+:svg)/i;
const SVG = /<([a-z]+:)?svg[\s/>]/i;

/** The refusal of a file that is none of the formats taken, by its first bytes; never by its name or type. */
export function refusalOf(start: DataView): AppError {
  if (start.byteLength === 0) return new AppError("not_an_image", "The file is empty");
  const isoMedia = isoMediaRefusal(start);
  if (isoMedia !== null) return isoMedia;
  const text = textOf(start);
  const format = FORMATS.find(([, pattern]) => pattern.test(text));
  if (format !== undefined) return formatRefusal(format[0]);
  // A byte order mark and white space may stand in front of text.
  const words = text.replace(/^(\xef\xbb\xbf)?\s*/, "");
  const other = NO_IMAGES.find(([, pattern]) => pattern.test(words));
  if (other !== undefined) return new AppError("not_an_image", `The file is ${other[0]}`);
  if (XML.test(words)) {
    return SVG.test(words)
      ? formatRefusal("SVG")
      : new AppError("not_an_image", "The file is an XML document");
  }
  return new AppError("not_an_image", "The file is not an image: it begins like none");
}

function formatRefusal(name: string): AppError {
  return new AppError("image_format_unsupported", `${name} files are not taken: send a JPEG or a PNG`);
}
