import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { type Encoding, PICTURE_TYPES, type StoredVariant } from "../../domain/image.ts";
import type { AppEnv } from "../openapi.ts";

interface Accepted {
  type: string;
  q: number;
}

/** How much a media type is wanted: by the most specific range that names it (RFC 9110, section 12.5.1). */
function quality(accepted: readonly Accepted[], type: string): number {
  for (const range of [type, "image/*", "*/*"]) {
    const found = accepted.find((one) => one.type.toLowerCase() === range);
    if (found !== undefined) return found.q;
  }
  return 0;
}

/**
 * WebP for who names it and wants nothing more; JPEG or PNG for everyone else. Wildcards do not count for WebP: clients
 * that cannot show it send them too. Who wants neither gets the latter, which every client shows.
 */
export function chooseEncoding(c: Context<AppEnv>, { encodings }: StoredVariant): Encoding {
  const webp = encodings.find(({ format }) => format === "webp");
  const other = encodings.find(({ format }) => format !== "webp");
  const chosen = accepts(c, {
    header: "Accept",
    supports: encodings.map(({ format }) => PICTURE_TYPES[format]),
    default: "",
    match: (accepted) => {
      const named = accepted.some(({ type }) => type.toLowerCase() === PICTURE_TYPES.webp);
      const wanted = quality(accepted, PICTURE_TYPES.webp);
      const rival = other === undefined ? 0 : quality(accepted, PICTURE_TYPES[other.format]);
      return named && wanted > 0 && wanted >= rival ? PICTURE_TYPES.webp : "";
    },
  });
  const encoding = chosen === PICTURE_TYPES.webp ? (webp ?? other) : (other ?? webp);
  if (encoding === undefined) throw new Error("A stored variant has no encoding");
  return encoding;
}
