import { toBase64Url } from "../../domain/base64url.ts";

const SECRET_BYTES = 30;
const PREFIX_LENGTH = 9;

/** `vk_` and 40 URL-safe characters: 240 random bits. */
export function newApiKeySecret(): string {
  return `vk_${toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`;
}

export function isApiKey(token: string): boolean {
  return /^vk_[A-Za-z0-9_-]{40}$/.test(token);
}

/** What lists show of a secret: 36 of its bits, too few to help a guess. */
export function prefixOf(secret: string): string {
  return secret.slice(0, PREFIX_LENGTH);
}
