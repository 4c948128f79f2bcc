import type { Config } from "../../config.ts";
import { toBase64Url } from "../../domain/base64url.ts";
import { equalTexts } from "../../domain/constant-time.ts";
import { signingKey, textSigningState } from "../../domain/secret-keys.ts";
import { allSecrets } from "../../domain/secrets.ts";
import type { Secrets } from "../../domain/secrets.ts";

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
 * The token that this deployment signed, by this secret or one before, `null` for any other text. What Better Auth puts into its cookie and `set-auth-token`: the
 * token, a dot, and its HMAC-SHA-256 in base64. A guess costs no look-up.
 */
export function readSignedToken(secrets: Secrets, text: string): string | null {
  const [, token, signature] = SIGNED.exec(text) ?? [];
  if (token === undefined) return null;
  const isOurs = allSecrets(secrets).some((secret) =>
    equalTexts(signatureOf(secret, token), `${signature}=`),
  );
  return isOurs ? token : null;
}

function signatureOf(secret: string, token: string): string {
  const mac = textSigningState(authSecret({ secret })).update(new TextEncoder().encode(token)).digest();
  return btoa(String.fromCharCode(...mac));
}

/** The same token with the signature of the present secret, which is the only one that Better Auth knows. */
function signedAnew(secrets: Secrets, text: string): string | null {
  const token = readSignedToken(secrets, text);
  return token === null ? null : `${token}.${signatureOf(secrets.secret, token)}`;
}

/** A request's headers for Better Auth: a session that a previous secret signed is signed anew. */
export function presentHeaders(config: Secrets & Pick<Config, "environment">, headers: Headers): Headers {
  if (config.previousSecrets.length === 0) return headers;
  const present = new Headers(headers);
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "")?.[1];
  const byHeader = bearer === undefined ? null : signedAnew(config, bearer);
  if (byHeader !== null) present.set("authorization", `Bearer ${byHeader}`);
  const cookies = headers.get("cookie");
  const cookie = sessionCookieOf(config, cookies);
  const byCookie = cookie === null ? null : signedAnew(config, cookie);
  if (byCookie !== null) present.set("cookie", withSessionCookie(config, cookies ?? "", byCookie));
  return present;
}

function withSessionCookie(config: Pick<Config, "environment">, cookies: string, value: string): string {
  const name = sessionCookieName(config);
  const others = cookies.split(";").filter((pair) => pair.slice(0, pair.indexOf("=")).trim() !== name);
  return [...others, ` ${name}=${encodeURIComponent(value)}`].join(";").trim();
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
