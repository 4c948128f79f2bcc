const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Webhooks of an organisation. */
export const MAX_WEBHOOKS = 10;

/** Characters of a webhook's address. */
export const MAX_ADDRESS = 2_000;

/** How long a receiver may take to answer. */
export const TIMEOUT_MS = 10_000;

/** Of an answer that is no success, what is read to say why. */
export const MAX_ANSWER_BYTES = 1_024;

/** After a rotation, messages carry the signature of the secret before it too. */
export const OLD_SECRET_MS = DAY_MS;

/** A webhook whose deliveries have failed for so long is disabled at the end of the next that does. */
export const FAILING_MS = 5 * DAY_MS;

/** Deliveries that have ended are kept so long. */
export const KEPT_MS = 30 * DAY_MS;

/** A delivery that was taken up and neither succeeded nor failed by then is taken up again. */
export const LEASE_MS = MINUTE_MS;
