import type { Context } from "hono";
import { AppError } from "../../domain/errors.ts";
import { uploadedFile } from "../images/uploaded-file.ts";
import type { UploadedFile } from "../images/uploaded-file.ts";
import { MAX_OVERHEAD_BYTES } from "../images/multipart-file.ts";
import { MAX_IMAGE_BYTES } from "../../domain/image.ts";
import { bounded } from "../middleware/body.ts";
import { isCrossSite } from "../middleware/csrf.ts";
import { toAppError } from "../middleware/problem.ts";
import type { AppEnv } from "../openapi.ts";

/** What a form that uploads a file came to: the image, or what is wrong with the file. */
export type FormUpload<T> = { image: T; refusal: null } | { image: null; refusal: AppError };

/**
 * Takes the file of a page's own form. What is wrong with the file is answered; what is not (another site's form, a part
 * of the service that is away) is thrown.
 */
export async function readUpload<T>(
  c: Context<AppEnv>,
  take: (file: UploadedFile) => Promise<T>,
): Promise<FormUpload<T>> {
  if (isCrossSite(c)) throw new AppError("forbidden", "The form was sent from another site");
  const { body } = c.req.raw;
  if (body === null) return { image: null, refusal: new AppError("invalid_input", "The form has no file") };
  const { stream, finish } = bounded(body, MAX_IMAGE_BYTES + MAX_OVERHEAD_BYTES);
  const { headers, url } = c.req.raw;
  // Node and Deno ask for `duplex` with a stream; the type of the standard library does not know it.
  const init = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
  try {
    return { image: await take(await uploadedFile(new Request(url, init), undefined)), refusal: null };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw thrown;
    return { image: null, refusal: error };
  } finally {
    await finish();
  }
}
