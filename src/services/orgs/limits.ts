const DAY_MS = 86_400_000;

/** How many organisations a person may belong to: each session carries them all. */
export const MAX_ORGS_OF_PERSON = 100;

/** Members and invitations of an organisation. */
export const MAX_MEMBERS = 1_000;

/** API keys of an organisation that are not revoked, and as many site keys. */
export const MAX_LIVE_KEYS = 50;

export const MAX_ORIGINS = 20;

export const INVITATION_MS = 14 * DAY_MS;
