export const MAX_FRIENDS = 5_000;

/** Askings of one person that nobody has answered yet. */
export const MAX_ASKED = 500;

/** Whom one person may block, and as many to mute. */
export const MAX_HIDDEN = 5_000;

/** Where the count of a profile's posts stops. */
export const MAX_COUNTED_POSTS = 1_000;

export const MIN_NAME_PREFIX = 2;
export const MAX_NAME_PREFIX = 100;
