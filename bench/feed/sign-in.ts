import { createHmac } from "node:crypto";
import { authSecret } from "../../src/services/accounts/session-token.ts";

/** Of the session that `FeedFile` gives each person: 32 digits. */
export function sessionTokenOf(userId: string): string {
  return userId.slice(-32);
}

/** What follows `Bearer ` for a person of a `FeedFile`, where `secret` is the deployment's `VITRINE_SECRET`. */
export function bearerOf(userId: string, secret: string): string {
  const token = sessionTokenOf(userId);
  return `${token}.${createHmac("sha256", authSecret({ secret })).update(token).digest("base64")}`;
}
