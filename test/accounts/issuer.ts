import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from "jose";
import type { JwtAlgorithm, JwtIssuer } from "../../src/config.ts";

export interface Signer {
  kid: string;
  alg: JwtAlgorithm;
  privateKey: CryptoKey;
  jwk: JWK;
}

export async function newSigner(kid: string, alg: JwtAlgorithm): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** An issuer of tokens with its keys on a port of this machine. */
export class TestIssuer {
  readonly config: JwtIssuer;
  /** What the next answers are made of. */
  keys: unknown;
  answer: "keys" | "error" | "slow" | "huge" | "garbage" = "keys";
  asked = 0;
  readonly #server: Server;

  constructor(server: Server, keys: unknown) {
    this.#server = server;
    this.keys = keys;
    const { port } = server.address() as AddressInfo;
    this.config = {
      issuer: "https://issuer.example",
      audience: "vitrine",
      jwksUrl: `http://127.0.0.1:${port}/jwks.json`,
      algorithms: ["RS256", "PS256", "ES256", "EdDSA"],
    };
  }

  static async open(signers: readonly Signer[]): Promise<TestIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = new TestIssuer(
      server,
      signers.map(({ jwk }) => jwk),
    );
    server.on("request", (_, response) => {
      issuer.asked++;
      if (issuer.answer === "slow") return;
      const body = JSON.stringify({ keys: issuer.keys });
      const texts = { keys: body, error: "{}", garbage: "<html>", huge: body.padEnd(100_000) };
      response.statusCode = issuer.answer === "error" ? 500 : 200;
      response.end(texts[issuer.answer]);
    });
    return issuer;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A token of the issuer at `now`, valid for an hour; `claims` and `header` change or, by `undefined`, drop what it has. */
export function tokenOf(
  signer: Signer,
  now: number,
  claims: JWTPayload = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  const payload = {
    iss: "https://issuer.example",
    aud: "vitrine",
    sub: "subject-1",
    iat: seconds,
    exp: seconds + 3_600,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: signer.alg, kid: signer.kid, ...header })
    .sign(signer.privateKey);
}
