import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from "jose";
import type { JWTPayload } from "jose";
import type { JwtAlgorithm, JwtIssuer } from "../../config.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { issuerKey } from "./jwks.ts";

const CLOCK_TOLERANCE_SECONDS = 60;
const MAX_AGE_SECONDS = 86_400;
const MAX_TEXT = 255;

/** What a token of a trusted issuer says of a person. */
export interface Claims {
  issuer: string;
  subject: string;
  name: string | null;
  /** `null` unless the issuer says that it has verified it. */
  verifiedEmail: string | null;
}

export function isJwt(text: string): boolean {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(text);
}

/**
 * The claims of a JWT that a configured issuer signed for this audience, not expired and at most a day old, with 60 s for
 * clocks that differ. Throws `unauthorized`; `unavailable` where the issuer's keys cannot be read.
 */
export async function readJwt(
  deps: Pick<Deps, "config" | "clock" | "isolate" | "log">,
  token: string,
): Promise<Claims> {
  const issuer = issuerOf(deps.config.jwtIssuers, token);
  const header = headerOf(token, issuer.algorithms);
  const key = await issuerKey(deps, issuer, header);
  if (key === null) throw untrusted();
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [header.alg],
      issuer: issuer.issuer,
      audience: issuer.audience,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(deps.clock.now()),
      maxTokenAge: MAX_AGE_SECONDS,
      requiredClaims: ["exp", "iat", "sub"],
    });
    return claimsOf(issuer.issuer, payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new AppError("unauthorized", "The token has expired", error);
    throw untrusted(error);
  }
}

/** One sentence for all that is wrong with a token: who forges one learns nothing of how far it came. */
function untrusted(cause?: unknown): AppError {
  return new AppError("unauthorized", "The token is not one of a trusted issuer for this service", cause);
}

function issuerOf(issuers: readonly JwtIssuer[], token: string): JwtIssuer {
  let claimed: unknown;
  try {
    claimed = decodeJwt(token).iss;
  } catch (error) {
    throw untrusted(error);
  }
  const issuer = issuers.find((one) => one.issuer === claimed);
  if (issuer === undefined) throw untrusted();
  return issuer;
}

/** The algorithm is the issuer's to allow, never the token's to choose. */
function headerOf(
  token: string,
  allowed: readonly JwtAlgorithm[],
): { alg: JwtAlgorithm; kid: string | null } {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const known = allowed.find((one) => one === alg);
    if (known !== undefined && (kid === undefined || typeof kid === "string"))
      return { alg: known, kid: kid ?? null };
  } catch (error) {
    throw untrusted(error);
  }
  throw untrusted();
}

function claimsOf(issuer: string, payload: JWTPayload): Claims {
  const { sub, name, preferred_username: username, email, email_verified: isVerified } = payload;
  if (typeof sub !== "string" || sub === "" || sub.length > MAX_TEXT) throw untrusted();
  const verifiedEmail = isVerified === true && isEmail(email) ? email.toLowerCase() : null;
  return { issuer, subject: sub, name: nameOf(name) ?? nameOf(username), verifiedEmail };
}

function isEmail(value: unknown): value is string {
  return typeof value === "string" && value.length < MAX_TEXT && /^[^\s@]+@[^\s@]+$/.test(value);
}

function nameOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.replaceAll(/\p{Cc}/gu, "").trim();
  return text === "" ? null : text.slice(0, 200);
}
