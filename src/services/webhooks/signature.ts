const PREFIX = "whsec_";
/** Standard Webhooks takes 24 to 64. */
const SECRET_BYTES = 32;

export interface SignedMessage {
  id: string;
  /** Seconds since the epoch: when this attempt is made. */
  timestamp: number;
  body: string;
}

/** `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(): string {
  return PREFIX + toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/**
 * `webhook-signature` as Standard Webhooks 1.0.0 has it: for each secret `v1,` and the HMAC-SHA256 of
 * `id.timestamp.body` in base64, with a space between.
 */
export async function signatureOf(secrets: readonly string[], message: SignedMessage): Promise<string> {
  const signed = new TextEncoder().encode(`${message.id}.${message.timestamp}.${message.body}`);
  const signatures = secrets.map(async (secret) => {
    const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
    return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, signed)))}`;
  });
  return (await Promise.all(signatures)).join(" ");
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** What the sealed secret is bound to: the row of its webhook. */
export function sealContext(webhookId: string): string {
  return `webhook:${webhookId}`;
}
