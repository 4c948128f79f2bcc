import type { Context } from "hono";
import { AppError } from "../../domain/errors.ts";
import { MAX_POST_IMAGES } from "../../domain/post.ts";
import { bounded } from "../middleware/body.ts";
import { isCrossSite } from "../middleware/csrf.ts";
import type { AppEnv } from "../openapi.ts";

/** The whole form is held in memory, beside what reads it: less than one upload may have. */
const MAX_FORM_BYTES = 20 * 1_048_576;

export interface FeedForm {
  /** `post`, or `find` for the product search. */
  act: string;
  text: string;
  productQuery: string;
  /** Id of the product that is chosen; empty for none. */
  productId: string;
  /** Pictures that are uploaded already. */
  imageIds: string[];
  files: File[];
}

/** The composer's form as a browser without script sends it. Throws `forbidden`, `unsupported_media_type`, `body_too_large` and `bad_request`. */
export async function readFeedForm(c: Context<AppEnv>): Promise<FeedForm> {
  if (isCrossSite(c)) throw new AppError("forbidden", "The form was sent from another site");
  const type = c.req.header("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type))
    throw new AppError("unsupported_media_type", "Expected a form as multipart/form-data");
  const form = await readParts(c, type);
  const texts = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  const last = (name: string) => texts(name).at(-1) ?? "";
  return {
    act: last("do"),
    text: last("text"),
    productQuery: last("product_q").trim(),
    productId: last("product"),
    imageIds: [...new Set(texts("image"))].slice(0, MAX_POST_IMAGES),
    // A field that is left empty is a file without a name and bytes.
    files: form.getAll("file").filter((value) => typeof value !== "string" && value.size > 0) as File[],
  };
}

async function readParts(c: Context<AppEnv>, type: string): Promise<FormData> {
  const { body } = c.req.raw;
  if (body === null) throw new AppError("bad_request", "The form is empty");
  const { stream, finish } = bounded(body, MAX_FORM_BYTES);
  try {
    return await new Response(stream, { headers: { "content-type": type } }).formData();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && error.cause instanceof AppError) throw error.cause;
    throw new AppError("bad_request", "The form cannot be read", error);
  } finally {
    await finish();
  }
}
