import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A regression that somebody might write: text of one file in place of another. */
export interface Plant {
  name: string;
  file: string;
  find: string;
  replace: string;
  /** Scenarios that it makes worse, of which one at least has to be found. */
  scenarios: readonly string[];
  /** No count tells of it. */
  isTimed?: true;
}

export const PLANTS: readonly Plant[] = [
  {
    name: "the index of posts by author is dropped",
    file: "src/db/migrations.ts",
    find: "CREATE INDEX `posts_of_author` ON `posts` (`author_id`,`deleted_at`,`id`);",
    replace: "SELECT 1;",
    scenarios: ["feed page", "feed page, database elsewhere"],
  },
  {
    name: "N + 1: the author of each post is read by itself",
    file: "src/services/feed/feed.ts",
    find: "const { items, nextCursor } = await pageOf(ctx, scope, rows.posts, limit);",
    replace: `for (const { author } of rows.posts)
      await ctx.db.all({ sql: "SELECT name FROM users WHERE id = ?", args: [author.id] });
    const { items, nextCursor } = await pageOf(ctx, scope, rows.posts, limit);`,
    scenarios: ["feed page, database elsewhere"],
  },
  {
    name: "each search is done twice",
    file: "src/services/search/search.ts",
    find: "const answer = search(snapshot, request);",
    replace: "search(snapshot, request);\n  const answer = search(snapshot, request);",
    isTimed: true,
    scenarios: ["search", "search with facets"],
  },
  {
    name: "search answers are not kept",
    file: "src/services/search/search.ts",
    find: "const kept = current.degraded ?",
    replace: "const kept = true ?",
    isTimed: true,
    scenarios: ["search, kept"],
  },
  {
    name: "an organisation's answers are not kept",
    file: "src/services/analytics/answers.ts",
    find: "near ?? (await fromShared<T>(ctx, question, key)) ?? (await askedOnce(ctx, { question, key, read }));",
    replace: "await readOrStale(ctx, { question, key, read: () => read(null) });",
    scenarios: ["dashboard page, kept"],
  },
  {
    name: "a product is validated a hundred times",
    file: "src/services/catalogue/put-product.ts",
    find: "const parsed = parseProduct(body);",
    replace: "for (let i = 0; i < 100; i++) parseProduct(body);\n  const parsed = parseProduct(body);",
    isTimed: true,
    scenarios: ["product upsert"],
  },
  {
    name: "a route reads KV",
    file: "src/services/search/suggest.ts",
    find: "const { snapshot, version, degraded } = await currentSnapshot(ctx);",
    replace:
      'await ctx.kv.get("suggest");\n  const { snapshot, version, degraded } = await currentSnapshot(ctx);',
    scenarios: ["suggest"],
  },
  {
    name: "an extra round trip: a writer asks first whether the product is there",
    file: "src/services/catalogue/put-product.ts",
    find: "const writer = writerOf(ctx, org);",
    replace: `const writer = writerOf(ctx, org);
  await ctx.db.all({ sql: "SELECT 1 FROM products WHERE id = ?", args: [id] });`,
    scenarios: ["product upsert"],
  },
  {
    name: "a slow loop: all posts of a page are copied for each of them",
    file: "src/services/feed/feed.ts",
    find: "const { items, nextCursor } = await pageOf(ctx, scope, rows.posts, limit);",
    replace: `for (const { id } of rows.posts)
      if (structuredClone(rows.posts).length === 0) throw new Error(id);
    const { items, nextCursor } = await pageOf(ctx, scope, rows.posts, limit);`,
    isTimed: true,
    scenarios: ["feed page, database elsewhere"],
  },
  {
    name: "an image is read and resized twice",
    file: "src/services/images/resize.ts",
    find: "return ctx.codec.resize(original.body, format);",
    replace: `await ctx.codec.resize(original.body, format);
  const again = await ctx.blobs.getStream(originalKey(sha256));
  return again === null ? null : ctx.codec.resize(again.body, format);`,
    scenarios: ["image of 1 megapixel, to its pictures"],
  },
  {
    name: "a page of the bundle is data",
    file: "src/app.ts",
    find: "export function createApp(",
    replace: `const TABLE = "${tableText()}";\nReflect.set(globalThis, "vitrineTable", TABLE);\nexport function createApp(`,
    scenarios: ["bundle, gzipped bytes"],
  },
];

/** 300 kB that gzip makes little smaller. */
function tableText(): string {
  let state = 1;
  const next = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return String.fromCharCode(48 + ((state >> 16) % 74)).replace("\\", "/");
  };
  return Array.from({ length: 300_000 }, next).join("");
}

/** Throws where the sources have moved on, so that a plant is not lost unseen. */
export function applyPlant(root: string, { name, file, find, replace }: Plant): void {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(find)) throw new Error(`Cannot plant "${name}": ${file} has no longer "${find}"`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
}
