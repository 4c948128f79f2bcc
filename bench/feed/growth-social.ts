import { byIndex } from "../../src/db/queries/feed-skeleton.ts";
import { byTimeline } from "../../src/db/queries/feed-skeleton-timeline.ts";
import { DAY_MS } from "../../src/domain/event.ts";
import { pickIndex, seeded } from "../random.ts";
import { FeedWriter } from "./growth-writing.ts";
import { FeedReader, medianOf } from "./reader.ts";
import type { Place, Reading } from "./reader.ts";

const READERS = 40;
const DAYS = 30;
/** Below, nobody's page is costly: no timelines are built for them here. */
const MIN_FRIENDS_OF_TIMELINE = 50;

interface Person {
  id: string;
  friends: number;
}

interface Group {
  name: string;
  people: Person[];
}

/** Readers of one part of the graph. */
export interface GroupReading {
  name: string;
  /** Least and most friends of its readers. */
  friends: [number, number];
  readers: number;
  page: number;
  /** How many of the readers' feeds reach the page. */
  reached: number;
  /** Posts of friends a day, the median of its readers. */
  postsADay: number;
  byIndex: Reading;
  byTimeline: Reading | null;
}

async function peopleByFriends(reader: FeedReader): Promise<Person[]> {
  const { rows } = await reader.client.execute(
    "SELECT user_id AS id, count(*) AS friends FROM friendships GROUP BY user_id ORDER BY friends, user_id",
  );
  return rows.map(({ id, friends }) => ({ id: String(id), friends: Number(friends) }));
}

/** Ten of as many people each, the last hundredth, and the ten with the most friends. */
function groupsOf(people: readonly Person[]): Group[] {
  const random = seeded(20261126);
  const part = (from: number, to: number) => {
    const all = people.slice(Math.floor(from * people.length), Math.floor(to * people.length));
    const chosen = new Set<Person>();
    while (chosen.size < Math.min(READERS, all.length)) chosen.add(all[pickIndex(random, all.length)]);
    return [...chosen];
  };
  const deciles = Array.from({ length: 10 }, (_, i) => ({
    name: `decile ${i + 1}`,
    people: part(i / 10, (i + 1) / 10),
  }));
  return [
    ...deciles,
    { name: "last hundredth", people: part(0.99, 1) },
    { name: "most friends", people: people.slice(-10) },
  ];
}

/** Of a reader, in the last days of the data. */
async function postsADay(reader: FeedReader, { id }: Person): Promise<number> {
  const newest = "(SELECT max(created_at) FROM posts WHERE id = (SELECT max(id) FROM posts))";
  const { rows } = await reader.client.execute({
    sql: `SELECT count(*) AS n FROM friendships CROSS JOIN posts ON posts.author_id = friendships.other_id
      WHERE friendships.user_id = ? AND posts.created_at >= ${newest} - ?`,
    args: [id, DAYS * DAY_MS],
  });
  return Number(rows[0].n) / DAYS;
}

/** Readers of the real graph by how many friends they have. */
export async function measureSocial(file: string, pages: readonly number[], runs: number) {
  const reader = new FeedReader(file);
  const writer = await FeedWriter.open(reader);
  const readings: GroupReading[] = [];
  try {
    for (const { name, people } of groupsOf(await peopleByFriends(reader))) {
      const friends = people.map((person) => person.friends).sort((a, b) => a - b);
      const perDay: number[] = [];
      for (const person of people) perDay.push(await postsADay(reader, person));
      const common = { name, friends: [friends[0], friends[friends.length - 1]] as [number, number] };
      const placesOf = async (page: number) => {
        const places: Place[] = [];
        for (const { id } of people) {
          const place = await reader.placeOf(id, page, byIndex);
          if (place !== null) places.push(place);
        }
        return places;
      };
      const indexed = new Map<number, Reading>();
      for (const page of pages) {
        const places = await placesOf(page);
        if (places.length > 0) indexed.set(page, await reader.measure(places, byIndex, runs));
      }
      const hasTimelines = friends[0] >= MIN_FRIENDS_OF_TIMELINE;
      if (hasTimelines) await writer.measureBuilds(people.map(({ id }) => id));
      for (const [page, byIndexReading] of indexed) {
        const places = await placesOf(page);
        readings.push({
          ...common,
          readers: people.length,
          page,
          reached: places.length,
          postsADay: medianOf(perDay),
          byIndex: byIndexReading,
          byTimeline: hasTimelines ? await reader.measure(places, byTimeline, runs) : null,
        });
      }
    }
  } finally {
    writer.close();
    reader.close();
  }
  return readings;
}
