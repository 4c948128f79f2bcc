import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import type { CryptoKey, JWTPayload } from "jose";
import type { JwtIssuer } from "../../src/config.ts";

const ISSUER = "https://id.example";
const AUDIENCE = "vitrine";
const KID = "one";

export interface OutsideIssuer {
  issuer: JwtIssuer;
  /** A good token of the subject "outsider". */
  good: string;
  bad: Record<string, string>;
}

async function newKey() {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: KID } };
}

/** An issuer that a deployment may trust, with tokens of it as of `now` (in milliseconds) and forgeries of them. */
export async function outsideIssuer(now: number): Promise<OutsideIssuer> {
  const [own, other] = [await newKey(), await newKey()];
  const keys = JSON.stringify({ keys: [own.jwk] });
  // A key set by an address that holds it: no server is needed.
  const jwksUrl = `data:application/json,${encodeURIComponent(keys)}`;
  const iat = Math.floor(now / 1_000) - 10;
  const payload = { iss: ISSUER, aud: AUDIENCE, sub: "outsider", name: "Outsider", iat, exp: iat + 3_600 };
  const sign = (claims: JWTPayload, key: CryptoKey | Uint8Array = own.privateKey, alg = "ES256") =>
    new SignJWT(claims).setProtectedHeader({ alg, kid: KID }).sign(key);
  const good = await sign(payload);
  const bad = {
    "an expired JWT": await sign({ ...payload, iat: iat - 7_200, exp: iat - 3_600 }),
    "a JWT for another audience": await sign({ ...payload, aud: "elsewhere" }),
    "a JWT of an unknown issuer": await sign({ ...payload, iss: "https://other.example" }),
    "a JWT that never expires": await sign({ ...payload, exp: undefined }),
    "a JWT of another's key": await sign(payload, other.privateKey),
    "a JWT with `alg: none`": new UnsecuredJWT(payload).encode(),
    "a JWT with `alg: none` and a signature": noneSigned(good),
    "a JWT by HS256 over the public key": await sign(payload, new TextEncoder().encode(keys), "HS256"),
    "a JWT with another payload": good.replace(/\.[^.]+\./, `.${encode({ ...payload, sub: "owner" })}.`),
  };
  return { issuer: { issuer: ISSUER, audience: AUDIENCE, jwksUrl, algorithms: ["ES256"] }, good, bad };
}

function encode(value: object): string {
  return btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function noneSigned(token: string): string {
  return token.replace(/^[^.]+/, encode({ alg: "none", kid: KID }));
}
