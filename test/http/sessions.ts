import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { authSecret } from "../../src/services/accounts/session-token.ts";

const HOUR_MS = 3_600_000;

/** The token as a client holds it: with the deployment's signature. */
export function signedToken(platform: MemoryPlatform, token: string): string {
  const encoder = new TextEncoder();
  const mac = hmac(sha256, encoder.encode(authSecret(platform.config)), encoder.encode(token));
  return `${token}.${btoa(String.fromCharCode(...mac))}`;
}

/** A session of 32 letters and digits that lasts `hours` from now, without its signature. */
export async function addSession(platform: MemoryPlatform, userId: string, hours = 24): Promise<string> {
  const token = crypto.randomUUID().replaceAll("-", "");
  const now = platform.clock.now();
  await platform.client.execute({
    sql: "INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
    args: [`ses_${token}`, token, userId, now + hours * HOUR_MS, now, now],
  });
  return token;
}

export async function endSession(platform: MemoryPlatform, token: string): Promise<void> {
  await platform.client.execute({ sql: "DELETE FROM sessions WHERE token = ?", args: [token] });
}
