import { AppError } from "../../domain/errors.ts";
import { MAX_IMAGE_BYTES } from "../../domain/image.ts";
import { tooLarge } from "../../services/images/inspected-upload.ts";
import { announcedBody, announcedBytesOf } from "./announced-body.ts";
import { sha256OfContentDigest } from "./content-digest.ts";
import { openMultipartFile } from "./multipart-file.ts";

export interface UploadedFile {
  fileName: string | null;
  body: ReadableStream<Uint8Array>;
  /** By `Content-Digest`, in hexadecimal. */
  sha256: string | null;
}

/** The file that a request uploads, raw or as one part of a form; `fileName` is what its query calls it. */
export async function uploadedFile(request: Request, fileName: string | undefined): Promise<UploadedFile> {
  const { headers } = request;
  refuseEncoding(headers.get("content-encoding"));
  const length = announcedBytesOf(headers);
  const sha256 = sha256OfContentDigest(headers.get("content-digest") ?? undefined);
  const body = announcedBody(request);
  const type = headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    if (length !== null && length > MAX_IMAGE_BYTES) throw tooLarge();
    return { fileName: fileName ?? null, body, sha256 };
  }
  if (sha256 !== null) {
    const detail = "A Content-Digest would be that of the whole form: send the image itself as the body";
    throw new AppError("bad_request", detail);
  }
  const file = await openMultipartFile(body, type);
  return { fileName: fileName ?? file.fileName, body: file.bytes, sha256 };
}

function refuseEncoding(encoding: string | null): void {
  if (encoding === null || encoding.trim().toLowerCase() === "identity") return;
  throw new AppError("unsupported_media_type", "The content encoding is not taken: send the image as it is");
}
