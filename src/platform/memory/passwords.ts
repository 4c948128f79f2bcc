import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { fromBase64Url, toBase64Url } from "../../domain/base64url.ts";
import type { Passwords } from "../../ports/passwords.ts";

/** RFC 7914: `n` is the cost (a power of two), `r` the block size, `p` the passes; 128 · n · r bytes of memory. */
export interface ScryptParameters {
  n: number;
  r: number;
  p: number;
}

/** Of OWASP's equally strong choices the one of 16 MB, which an isolate of 128 MB can spare. */
export const SCRYPT: ScryptParameters = { n: 16_384, r: 8, p: 5 };

const HASH_BYTES = 32;
const SALT_BYTES = 16;
const MAX_MEMORY_BYTES = 33_554_432;
const MAX_PASSES = 16;
const FORMAT = /^\$scrypt\$n=(\d{1,6}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

/**
 * scrypt by the runtime's own `node:crypto`. workerd runs it on the isolate's only thread, so one at a time; Node and Deno
 * on a pool of four: at most 64 MB.
 */
export class ScryptPasswords implements Passwords {
  readonly #parameters: ScryptParameters;

  constructor(parameters: ScryptParameters = SCRYPT) {
    this.#parameters = parameters;
  }

  async hash(password: string): Promise<string> {
    const { n, r, p } = this.#parameters;
    const salt = randomBytes(SALT_BYTES);
    const hash = await derive(password, salt, this.#parameters);
    return `$scrypt$n=${n},r=${r},p=${p}$${toBase64Url(salt)}$${toBase64Url(hash)}`;
  }

  async verify(password: string, kept: string): Promise<boolean> {
    const [, n, r, p, salt = "?", hash = "?"] = FORMAT.exec(kept) ?? [];
    const [saltBytes, hashBytes] = [fromBase64Url(salt), fromBase64Url(hash)];
    const parameters = { n: Number(n), r: Number(r), p: Number(p) };
    if (saltBytes === null || hashBytes === null || !isAffordable(parameters)) return false;
    return timingSafeEqual(await derive(password, saltBytes, parameters), hashBytes);
  }
}

/** A hash from elsewhere must not make this isolate spend more than it has. */
function isAffordable({ n, r, p }: ScryptParameters): boolean {
  const isPowerOfTwo = n >= 2 && (n & (n - 1)) === 0;
  return isPowerOfTwo && r >= 1 && p >= 1 && p <= MAX_PASSES && 128 * n * r < MAX_MEMORY_BYTES;
}

function derive(password: string, salt: Uint8Array, { n, r, p }: ScryptParameters): Promise<Uint8Array> {
  // Two ways to type the same accented letter are one password (NIST SP 800-63B, section 5.1.1.2).
  const text = password.normalize("NFKC");
  const options = { N: n, r, p, maxmem: MAX_MEMORY_BYTES };
  return new Promise((resolve, reject) => {
    scrypt(text, salt, HASH_BYTES, options, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}
