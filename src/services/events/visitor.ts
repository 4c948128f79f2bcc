import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "../../domain/base64url.ts";
import { dayOf } from "../../domain/event.ts";
import { signingKey } from "../../domain/secret-keys.ts";

const ID_BYTES = 16;

export interface Visit {
  /** Of the site key. */
  site: string;
  /** The network address, as rate limits know it. */
  address: string;
  userAgent: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * The id of a visitor nobody knows: the same all day for one browser of one site, and another on the next day or site.
 * Neither address nor browser can be told from it without the deployment's secret.
 */
export function visitorId(secret: string, { site, address, userAgent, at }: Visit): string {
  const seen = new TextEncoder().encode(`${dayOf(at)}\n${site}\n${address}\n${userAgent}`);
  return `v_${toBase64Url(hmac(sha256, signingKey(secret, "visitors"), seen).subarray(0, ID_BYTES))}`;
}
