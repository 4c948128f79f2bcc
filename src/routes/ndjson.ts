import { z } from "@hono/zod-openapi";
import { AppError } from "../domain/errors.ts";

export const encodingHeader = z.object({ "content-encoding": z.string().max(100).optional() });

/** A required body of NDJSON: `request: { headers: encodingHeader, body: ndjsonInput({…}) }`. */
export function ndjsonInput(text: { description: string; example: string }) {
  const schema = z.string().openapi(text);
  return {
    required: true,
    content: { "application/x-ndjson": { schema }, "application/ndjson": { schema } },
  } as const;
}

/** What an import reads: the stream of the body, and how it is packed. Throws for an encoding that is not taken. */
export function packedBody(request: Request, encoding: string | undefined) {
  const gzip = isGzip(encoding);
  const stream = request.body ?? new ReadableStream<Uint8Array>({ start: (body) => body.close() });
  return { stream, gzip };
}

function isGzip(encoding: string | undefined): boolean {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "gzip" || name === "x-gzip") return true;
  if (name === "identity" || name === "") return false;
  throw new AppError("unsupported_media_type", "The content encoding is not taken: send gzip or none");
}
