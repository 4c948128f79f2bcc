import { beforeAll, describe, expect, test } from "vitest";
import { generateDemoProducts } from "../../cli/demo/generate.ts";
import type { Community } from "../../cli/demo/community/community.ts";
import {
  dayRange,
  drawCommunity,
  firstPostOf,
  friendshipLines,
  hidingLines,
  peopleLines,
  postLines,
  SMALL,
} from "../../cli/demo/community/generate.ts";
import type { CommunityLine } from "../../cli/demo/community/lines.ts";
import { drawLandscape } from "../../cli/demo/community/pictures.ts";
import { ImageHeaderReader } from "../../src/services/images/header/image-header-reader.ts";
import { parseCommunityLine } from "../../src/services/community/community-line.ts";

const UNTIL = Date.UTC(2026, 5, 17, 14, 30);
const DAY_MS = 86_400_000;
const hosts = ["Robin Keller", "Inês Duarte", "Tunde Okafor"].map((name, i) => ({
  id: `usr_${String(i).repeat(32)}`,
  name,
}));
const products = [...generateDemoProducts({ count: 600 })];

type Post = Extract<CommunityLine, { kind: "post" }>;

function draw(seed = 1): Community {
  return drawCommunity({ size: SMALL, seed, hosts, products });
}

function linesOf(community: Community, until = UNTIL, since: number | null = null): CommunityLine[] {
  const days = { seed: 1, until, shopUrl: "https://shop.example", hostsUntil: UNTIL };
  return [...postLines(community, SMALL, { ...days, ...dayRange(SMALL, until, since) })];
}

function beginningOf(community: Community): CommunityLine[] {
  const begun = { seed: 1, until: UNTIL, avatarOf: () => null };
  return [peopleLines, friendshipLines, hidingLines].flatMap((lines) => [...lines(community, begun)]);
}

let community: Community;
let lines: CommunityLine[];
let posts: Post[];
beforeAll(() => {
  community = draw();
  lines = linesOf(community);
  posts = lines.filter((line) => line.kind === "post");
});

describe("the demo's community", () => {
  test("is the same of the same seed, and another of another", () => {
    expect(linesOf(draw())).toEqual(lines);
    expect(beginningOf(draw())).toEqual(beginningOf(community));
    expect(beginningOf(draw(2))).not.toEqual(beginningOf(community));
  });

  test("is what the import takes, each line of it", () => {
    const refused = [...beginningOf(community), ...lines].flatMap((line) => {
      const parsed = parseCommunityLine(structuredClone(line), UNTIL);
      return "code" in parsed ? [{ line, parsed }] : [];
    });
    expect(refused).toEqual([]);
  });

  test("names only whom and what is there, and reacts as friends do", () => {
    const ids = new Map(community.members.map(({ id }, place) => [id, place]));
    const authors = new Map(posts.map(({ id, author }) => [id, author]));
    const strange = lines.filter((line) => {
      if (line.kind === "post") return !ids.has(line.author);
      if (line.kind !== "like" && line.kind !== "comment") return true;
      const who = line.kind === "like" ? line.person : line.author;
      const author = authors.get(line.post) ?? "";
      const friends = community.circles.friends[ids.get(author) ?? -1];
      return who !== author && friends?.includes(ids.get(who) ?? -1) !== true;
    });
    expect(strange).toEqual([]);
    const known = new Set(products.map(({ id }) => id));
    expect(posts.filter(({ product_id: id }) => id !== undefined && !known.has(id))).toEqual([]);
    expect(new Set(posts.map(({ id }) => id)).size).toBe(posts.length);
  });

  test("has its size: posts and reactions of months, and hosts in the midst of it", () => {
    const count = (kind: CommunityLine["kind"]) => lines.filter((line) => line.kind === kind).length;
    expect(count("post")).toBeGreaterThan(1_700);
    expect(count("post")).toBeLessThan(2_300);
    expect(count("like")).toBeGreaterThan(2 * count("post"));
    expect(count("comment")).toBeGreaterThan(count("post"));
    const degrees = community.circles.friends.map(({ length }) => length);
    for (const degree of degrees.slice(0, 3)) {
      expect(degree).toBeGreaterThanOrEqual(20);
      expect(degree).toBeLessThanOrEqual(300);
    }
    const sorted = degrees.slice(3).toSorted((a, b) => a - b);
    expect(sorted.at(-1)).toBeGreaterThan(3 * sorted[sorted.length >> 1]);
    const asked = community.circles.requests.filter(([, to]) => to === 0);
    expect(asked.length).toBeGreaterThan(3);
  });

  test("is awake by day: few posts at night, where their authors live", () => {
    const offsets = new Map(community.members.map(({ id, offset }) => [id, offset]));
    const hours = posts.map(({ at, author }) => {
      const local = Date.parse(at) + (offsets.get(author) ?? 0) * 60_000;
      return Math.floor((local % DAY_MS) / 3_600_000);
    });
    const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length;
    expect(between(2, 5) / 3).toBeLessThan(between(18, 22) / 4 / 5);
  });

  test("does not repeat itself: a screen of twenty is of twenty texts, and many are of a kind", () => {
    const friends = new Set(community.circles.friends[0].map((place) => community.members[place].id));
    const feed = posts.filter(({ author }) => friends.has(author)).toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const screens = Array.from({ length: Math.floor(feed.length / 20) }, (_, i) =>
      feed.slice(i * 20, i * 20 + 20),
    );
    const distinct = screens.map((screen) => new Set(screen.map(({ text }) => text)).size);
    expect(Math.min(...distinct)).toBeGreaterThanOrEqual(18);
    expect(distinct.filter((count) => count === 20).length).toBeGreaterThan(screens.length * 0.85);
    const lengths = posts.map(({ text }) => text.length).toSorted((a, b) => a - b);
    expect(lengths[0]).toBeLessThan(30);
    expect(lengths.at(-1)).toBeGreaterThan(800);
    expect(posts.some(({ mentions }) => mentions !== undefined)).toBe(true);
    expect(posts.filter(({ text }) => text.includes("https://shop.example/?q=")).length).toBeGreaterThan(10);
    expect(posts.filter(({ text }) => /[{}[\]]|undefined/.test(text))).toEqual([]);
  });

  test("goes on: later it is the same with more, of the last days alone", () => {
    const later = UNTIL + 2 * DAY_MS + 3_600_000;
    const last = Math.floor(UNTIL / DAY_MS);
    const all = new Set(linesOf(community, later).map((line) => JSON.stringify(line)));
    const since = linesOf(community, later, last);
    expect(since.length).toBeLessThan(lines.length / 8);
    const added = since.filter((line) => !all.has(JSON.stringify(line)));
    expect(added).toEqual([]);
    const first = Date.parse(posts[0].at) + 9 * DAY_MS;
    const before = lines.filter((line) => Date.parse(line.at) > first).map((line) => JSON.stringify(line));
    const gone = before.filter((line) => !all.has(line));
    expect(gone).toEqual([]);
    const known = new Set(lines.map((line) => JSON.stringify(line)));
    const fresh = [...all].filter((line) => !known.has(line));
    const sinceTexts = new Set(since.map((line) => JSON.stringify(line)));
    expect(fresh.length).toBeGreaterThan(20);
    expect(fresh.filter((line) => !sinceTexts.has(line))).toEqual([]);
  });

  test("leaves the hosts to themselves once they are there", () => {
    const ids = new Set(hosts.map(({ id }) => id));
    const later = linesOf(community, UNTIL + 5 * DAY_MS).filter((line) => Date.parse(line.at) > UNTIL);
    const own = later.filter((line) =>
      "author" in line ? ids.has(line.author) : line.kind === "like" && ids.has(line.person),
    );
    expect(later.length).toBeGreaterThan(100);
    expect(own).toEqual([]);
  });

  test("is asked for by the first post of a day", () => {
    const day = Math.floor(UNTIL / DAY_MS) - 5;
    const first = firstPostOf(community, SMALL, day, { seed: 1, shopUrl: "https://shop.example" });
    expect(posts.map(({ id }) => id)).toContain(first);
  });

  test("has pictures that the pipeline reads, the same of the same seed", () => {
    const bytes = drawLandscape(7);
    expect(drawLandscape(7)).toEqual(bytes);
    expect(drawLandscape(8)).not.toEqual(bytes);
    expect(bytes.length).toBeLessThan(200_000);
    expect(new ImageHeaderReader().feed(bytes)).toMatchObject({ format: "png", width: 600, height: 400 });
  });
});
