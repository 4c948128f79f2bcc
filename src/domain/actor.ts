export const SCOPES = ["catalogue:write", "events:write", "stats:read", "images:write"] as const;
export type Scope = (typeof SCOPES)[number];

/** What a person is in an organisation, the most powerful first. */
export const ROLES = ["owner", "admin", "analyst", "member"] as const;
export type Role = (typeof ROLES)[number];

export interface Membership {
  orgId: string;
  orgSlug: string;
  role: Role;
}

/** A person, by a session of this deployment or by an outside issuer's token. */
export interface UserActor {
  kind: "user";
  userId: string;
  name: string;
  email: string;
  /** `null` for an outside issuer's token, which ends by its expiry alone. */
  sessionId: string | null;
  memberships: readonly Membership[];
}

export interface ApiKeyActor {
  kind: "api-key";
  keyId: string;
  orgId: string;
  orgSlug: string;
  scopes: readonly Scope[];
}

/** Who is asking, as the credential alone says. */
export type Actor = { kind: "anonymous" } | { kind: "operator" } | ApiKeyActor | UserActor;

export const ANONYMOUS: Actor = { kind: "anonymous" };
