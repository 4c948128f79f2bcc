/**
 * While the database is away, who somebody is and what they have seen is believed for so long. Nothing can be revoked
 * meanwhile, where it is away for all; where it is for some alone, this bounds how long they do not hear of it.
 */
export const LAST_RESORT_SECONDS = 300;
export const LAST_RESORT_MS = LAST_RESORT_SECONDS * 1_000;
