import { record, type Api } from "../api.ts";
import type { Community } from "../demo/community/community.ts";
import { dayRange, firstPostOf, type CommunitySize } from "../demo/community/generate.ts";
import { COMMUNITY_PATH } from "./send-community.ts";

/** The service names at most so many rejected lines. */
const ASKED_AT_ONCE = 100;

interface Asked {
  size: CommunitySize;
  seed: number;
  until: number;
  shopUrl: string;
}

/**
 * The last day of which something is there, counted from the epoch; `null` for none. Asked by likes of nobody's: they are
 * refused and write nothing, for the lack of a person where the post is there, else for the lack of the post.
 */
export async function lastDayThere(
  operator: Api,
  community: Community,
  { size, until, ...options }: Asked,
): Promise<number | null> {
  const { from, to } = dayRange(size, until, null);
  const days = Array.from({ length: to - from + 1 }, (_, i) => to - i).flatMap((day) => {
    const post = firstPostOf(community, size, day, options);
    return post === null ? [] : [{ day, post }];
  });
  for (let i = 0; i < days.length; i += ASKED_AT_ONCE) {
    const asked = days.slice(i, i + ASKED_AT_ONCE);
    const there = await postsThere(
      operator,
      asked.map(({ post }) => post),
    );
    const found = asked.find((_, at) => there.has(at + 1));
    if (found !== undefined) return found.day;
  }
  return null;
}

/** The lines whose post is there. */
async function postsThere(operator: Api, posts: readonly string[]): Promise<Set<number>> {
  const at = new Date(0).toISOString();
  const lines = posts.map((post) => `${JSON.stringify({ kind: "like", post, person: "nobody", at })}\n`);
  const { rejected } = record(
    await operator.call({
      method: "POST",
      path: COMMUNITY_PATH,
      body: lines.join(""),
      contentType: "application/x-ndjson",
    }),
  );
  const told = Array.isArray(rejected) ? rejected.map(record) : [];
  return new Set(told.filter(({ code }) => code === "no_person").map(({ line }) => Number(line)));
}
