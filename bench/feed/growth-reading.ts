import type { Skeleton } from "../../src/db/queries/feed-skeleton.ts";
import { viewerKinds } from "./growth-data.ts";
import type { ViewerKind } from "./growth-data.ts";
import type { FeedReader, Place, Reading } from "./reader.ts";

/** Pages that are measured. */
export const PAGES = [1, 50];

/** A page of one kind of viewers. */
export interface KindReading extends Reading {
  friends: number;
  isQuiet: boolean;
  page: number;
}

export function kindName({ friends, isQuiet }: Pick<ViewerKind, "friends" | "isQuiet">): string {
  return `${friends.toLocaleString("en-US")}${isQuiet ? ", quiet" : ""}`;
}

/** Reads pages of all kinds of viewers, `runs` times each; nothing of a page that some viewer's feed does not reach. */
export async function measureKinds(
  reader: FeedReader,
  skeleton: Skeleton,
  runs: number,
): Promise<KindReading[]> {
  const readings: KindReading[] = [];
  for (const kind of viewerKinds())
    for (const page of PAGES) {
      const places: Place[] = [];
      for (const viewer of kind.viewers) {
        const place = await reader.placeOf(viewer, page, skeleton);
        if (place !== null) places.push(place);
      }
      if (places.length < kind.viewers.length) continue;
      const { friends, isQuiet } = kind;
      readings.push({ friends, isQuiet, page, ...(await reader.measure(places, skeleton, runs)) });
    }
  return readings;
}
