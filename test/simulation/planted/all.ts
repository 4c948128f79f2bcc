import { ANALYTICS_BUGS } from "./analytics.ts";
import type { PlantedBug } from "./bug.ts";
import { FEED_BUGS } from "./feed.ts";
import { GENERAL_BUGS } from "./general.ts";
import { IMAGE_BUGS } from "./images.ts";
import { SEARCH_BUGS } from "./search.ts";

export const PLANTED: readonly PlantedBug[] = [
  ...SEARCH_BUGS,
  ...FEED_BUGS,
  ...ANALYTICS_BUGS,
  ...IMAGE_BUGS,
  ...GENERAL_BUGS,
];
