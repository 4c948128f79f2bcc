import type { ErrorCode } from "../../domain/errors.ts";
import type { ImageFailure } from "../../domain/image.ts";

/** What went wrong with one file, as a person understands it. */
export interface UploadProblem {
  title: string;
  text: string;
  /** Whether the same file may do another time. */
  isPassing: boolean;
}

/** Codes of the API, of failed images, and of what happens in the browser alone. */
export type ProblemCode = ErrorCode | ImageFailure | "empty_file" | "unreadable_file" | "network";

const TAKEN = "JPEG, PNG, WebP, GIF and BMP are taken.";
const OURS = "That is our fault, not yours. Try again in a moment.";

const refused = (title: string, text: string): UploadProblem => ({ title, text, isPassing: false });
const passing = (title: string, text: string): UploadProblem => ({ title, text, isPassing: true });

const PROBLEMS: Readonly<Partial<Record<ProblemCode, UploadProblem>>> = {
  image_heic_unsupported: refused(
    "This is a HEIC photo, which few browsers show",
    "Send it as a JPEG. On the iPhone, open this page and choose the photo here: the phone turns it into a JPEG by itself. " +
      "On a Mac, click it with the right button: Quick Actions, Convert Image. " +
      "For all new photos: Settings, Camera, Formats, Most Compatible.",
  ),
  image_avif_unsupported: refused(
    "This is an AVIF picture",
    `Open it in a picture program, save it as JPEG or PNG, and upload that. ${TAKEN}`,
  ),
  image_format_unsupported: refused(
    "Pictures of this format are not taken",
    `Save it as JPEG or PNG, and upload that. ${TAKEN}`,
  ),
  image_kind_unsupported: refused(
    "A rare kind of its format",
    "Few programs can read it. Open it in a picture program, save it as an ordinary JPEG or PNG, and upload that.",
  ),
  not_an_image: refused(
    "There is no picture in this file",
    `Whatever it is called: its contents are not those of a picture. ${TAKEN}`,
  ),
  empty_file: refused("The file is empty", "It has no contents at all. Copy it anew from where it came."),
  unreadable_file: passing(
    "The file cannot be read",
    "It was moved, changed or removed since you chose it, or it is a folder. Choose it again.",
  ),
  invalid_input: refused(
    "Choose one file",
    "Nothing was chosen, or more than one. Choose a picture, then press Upload.",
  ),
  body_too_large: refused("The file is too large", "A picture may have up to 40 MB. Save it smaller."),
  image_too_many_pixels: refused(
    "The picture has too many pixels",
    "Up to 100 megapixels are taken. Make it smaller in a picture program, and upload that.",
  ),
  image_too_complex: refused(
    "The picture is too large for the way it is stored",
    "Save it as an ordinary (not progressive or interlaced) JPEG or PNG, or smaller, and upload that.",
  ),
  image_truncated: refused(
    "The file ends in the middle of the picture",
    "It was probably not copied or downloaded to its end. Fetch it once more from where it came.",
  ),
  image_corrupt: refused(
    "The picture is damaged",
    "Its contents contradict each other. Fetch it once more from where it came, or save it anew.",
  ),
  unsupported_media_type: refused("There is no picture in this file", TAKEN),
  digest_mismatch: passing("It did not arrive whole", "Something was lost on the way. Try again."),
  body_incomplete: passing("It did not arrive whole", "The connection broke off. Try again."),
  network: passing(
    "The connection was lost",
    "Nothing else is: try again, or wait until you are back online.",
  ),
  unauthorized: passing("You are signed out", "Sign in again: this page goes on where it stopped."),
  forbidden: refused(
    "You may not upload here",
    "Your role in this organisation no longer allows it. Ask an owner.",
  ),
  image_quota_exceeded: refused(
    "There is no room for more pictures",
    "Delete some that are not needed any more, then choose this one again.",
  ),
  not_found: refused("It is no longer there", "The organisation or the picture was removed meanwhile."),
  rate_limited: passing("One moment, please", "There were many requests in a short time."),
  original_missing: passing("The file got lost on our side", "Upload it once more."),
  processing_failed: passing("No pictures could be made", OURS),
  internal: passing("Something went wrong", OURS),
  unavailable: passing("We will be right back", "A part of the service does not answer just now. Try again."),
};

/** Words for a code; for one that has none, those of the service. */
export function problemOf(code: string, detail = ""): UploadProblem {
  const known = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined;
  return known ?? refused("It was not taken", detail === "" ? OURS : detail);
}
