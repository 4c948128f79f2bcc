import { numberOf, userIdOf } from "./ids.ts";

/** A first page of the reference: its posts with the numbers of their likes and comments. */
export interface ReferencePage {
  user: number;
  posts: [id: number, likes: number, comments: number][];
}

export interface PageCheck {
  /** That are the reference's, but for one's own posts. */
  pages: number;
  posts: number;
  /** Places of pages where ours has another post, or other counts. */
  wrong: number;
  /** Of the costliest. */
  trips: number;
  /** Of tables and indexes, about. */
  meanRows: number;
  mostRows: number;
}

interface Answer {
  items: { id: string; author: { id: string }; like_count: number; comment_count: number }[];
}

interface Read {
  page: Answer;
  token: string;
  trips: number;
  rows: number;
}

async function readPage(port: number, headers: Record<string, string>): Promise<Read> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/feed`, { headers });
  if (!response.ok) throw new Error(`A page was answered with ${response.status}: ${await response.text()}`);
  const timing = response.headers.get("Server-Timing") ?? "";
  return {
    page: (await response.json()) as Answer,
    token: response.headers.get("Consistency-Token") ?? "",
    trips: Number(/desc="(\d+) trip/.exec(timing)?.[1] ?? Number.NaN),
    rows: Number(/rows;desc="(\d+)"/.exec(timing)?.[1] ?? 0),
  };
}

export async function readPages(port: number, headers: readonly Record<string, string>[]): Promise<Read[]> {
  const read: Read[] = [];
  for (const one of headers) read.push(await readPage(port, one));
  return read;
}

function wrongPlaces({ user, posts }: ReferencePage, { items }: Answer): number {
  const others = items.filter(({ author }) => author.id !== userIdOf(user));
  const ours = others.map((post) => [numberOf(post.id), post.like_count, post.comment_count].join());
  const wanted = posts.slice(0, ours.length).map((post) => post.join());
  const lacks = items.length < 20 ? Math.abs(posts.length - others.length) : 0;
  return lacks + ours.filter((post, i) => post !== wanted[i]).length;
}

/** Compares each page with the reference's; read twice, so that a session's own look-up is in no count. */
export async function checkPages(
  port: number,
  pages: readonly ReferencePage[],
  headersOf: (page: ReferencePage) => Record<string, string>,
): Promise<PageCheck> {
  const headers = pages.map(headersOf);
  // Each process knows a session by itself: as many readings as make it likely that both do.
  for (let i = 0; i < 8; i++) await readPages(port, headers);
  const read = await readPages(port, headers);
  const wrong = pages.map((page, i) => wrongPlaces(page, read[i].page));
  const rows = read.map((one) => one.rows);
  return {
    pages: wrong.filter((count) => count === 0).length,
    posts: read.reduce((sum, { page }) => sum + page.items.length, 0),
    wrong: wrong.reduce((sum, count) => sum + count, 0),
    trips: Math.max(...read.map(({ trips }) => trips)),
    meanRows: rows.reduce((sum, count) => sum + count, 0) / rows.length,
    mostRows: Math.max(...rows),
  };
}
