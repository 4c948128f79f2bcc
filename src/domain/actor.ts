export const SCOPES = ["catalogue:write", "events:write", "stats:read", "images:write"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking, as the credential alone says. */
export type Actor =
  | { kind: "anonymous" }
  | { kind: "operator" }
  | { kind: "api-key"; keyId: string; orgId: string; scopes: readonly Scope[] };

export const ANONYMOUS: Actor = { kind: "anonymous" };
