import type { Config } from "../../config.ts";
import { toBase64Url } from "../../domain/base64url.ts";
import { signingKey, textSigningState } from "../../domain/secret-keys.ts";

const SIGNED = /^([A-Za-z0-9]{32})\.([A-Za-z0-9+/]{43})=$/;

/** What Better Auth signs with: a key of the deployment's secret for this purpose alone, as text. */
export function authSecret({ secret }: Pick<Config, "secret">): string {
  return toBase64Url(signingKey(secret, "vitrine accounts v1"));
}

/** Browsers keep a `__Host-` cookie over HTTPS only, which development has not. */
export function hasSecureCookies({ environment }: Pick<Config, "environment">): boolean {
  return environment === "production";
}

/** With `__Host-`, a neighbour under the same domain cannot set it, as it could `__Secure-` (RFC 6265bis, section 4.1.3.2). */
export function sessionCookieName(config: Pick<Config, "environment">): string {
  return `${hasSecureCookies(config) ? "__Host-" : ""}better-auth.session_token`;
}

/** Whether a bearer token has the form of a session's. */
export function isSessionToken(text: string): boolean {
  return SIGNED.test(text);
}

/**
 * The token that this deployment signed, `null` for any other text. What Better Auth puts into its cookie and `set-auth-token`: the
 * token, a dot, and its HMAC-SHA-256 in base64. A guess costs no look-up.
 */
export function readSignedToken(config: Pick<Config, "secret">, text: string): string | null {
  const [, token, signature] = SIGNED.exec(text) ?? [];
  if (token === undefined) return null;
  const expected = textSigningState(authSecret(config)).update(new TextEncoder().encode(token)).digest();
  const written = btoa(String.fromCharCode(...expected));
  const given = `${signature}=`;
  let difference = written.length ^ given.length;
  for (let i = 0; i < written.length; i++) difference |= written.charCodeAt(i) ^ given.charCodeAt(i);
  return difference === 0 ? token : null;
}

/** The session cookie of a `Cookie` header, decoded; `null` where there is none. */
export function sessionCookieOf(config: Pick<Config, "environment">, header: string | null): string | null {
  const name = sessionCookieName(config);
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(at + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}
