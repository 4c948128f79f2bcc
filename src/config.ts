import type { ImageLimit } from "./domain/image.ts";
import type { Secrets } from "./domain/secrets.ts";

/** Settings of one deployment, parsed once an isolate from the platform's variables. */
export interface Config extends Secrets {
  environment: "production" | "development" | "test";
  /** `null`: no operator, so the routes of the operator answer 401. */
  operatorKey: string | null;
  /** Good beside the other, while one takes its place. */
  nextOperatorKey: string | null;
  /** Origins that browsers may call the API from; `*` for any (the API takes no cookies from elsewhere). */
  corsOrigins: readonly string[];
  rateLimits: boolean;
  /** Whether requests are refused that an isolate cannot answer in time. */
  admission: boolean;
  /** The origin that links in mails lead to; `null`: that of the request which sends the mail. */
  publicOrigin: string | null;
  /** Whether an account may be used only once its e-mail address is confirmed. */
  emailConfirmation: boolean;
  /** What a person may upload for themselves, and what all together for an organisation. */
  imageLimits: Readonly<Record<"person" | "organisation", ImageLimit>>;
  /** Outside issuers whose JWTs are taken as credentials. */
  jwtIssuers: readonly JwtIssuer[];
}

export const JWT_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

/** One trusted issuer of JWTs: tokens whose `iss` and `aud` are exactly these, signed by a key of its JWKS. */
export interface JwtIssuer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  algorithms: readonly JwtAlgorithm[];
}
