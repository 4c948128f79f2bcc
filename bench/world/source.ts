import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { vitrine } from "../deployment.ts";
import type { Site } from "../deployment.ts";
import { convertReference, prepareReference } from "../analytics/reference-data.ts";
import { loadTenant, slugOf, untilFolded } from "../analytics/tenant-load.ts";
import { feedDataset } from "../feed/dataset.ts";
import { migrateFile } from "../feed/feed-file.ts";
import { userIdOf } from "../feed/ids.ts";
import { sessionTokenOf } from "../feed/sign-in.ts";
import { generateDemoProducts } from "../../cli/demo/generate.ts";
import { importProducts, prepareProducts, queriesOf } from "./products.ts";
import type { Scale, WorldFacts } from "./world.ts";

const READERS = 200;
const FAR_AWAY = Date.UTC(2100, 0, 1);
const SCOPES = ["catalogue:write", "events:write", "stats:read", "images:write"];

/** Where a world's data come from. */
export interface Source {
  name: string;
  /** The database before anything is loaded through the API. */
  writeDatabase(file: string): Promise<void>;
  load(site: Site, folder: string): Promise<WorldFacts>;
  /** Ids of people with a session. */
  people(file: string): Promise<string[]>;
}

async function keyOf(site: Site, org: string): Promise<string> {
  const scopes = SCOPES.flatMap((scope) => ["--scope", scope]);
  return ((await vitrine(site, ["keys", "create", org, ...scopes])) as { key: string }).key;
}

function postsIn(file: string): number {
  const database = new Database(file, { readonly: true });
  const { posts } = database.prepare("SELECT count(*) AS posts FROM posts").get() as { posts: number };
  database.close();
  return posts;
}

function referenceSource(scale: Scale, reference: string): Source {
  return {
    name: scale,
    async writeDatabase(file) {
      copyFileSync((await feedDataset(reference, scale)).file, file);
    },
    async load(site, folder) {
      const data = await convertReference(await prepareReference(reference, scale));
      for (const tenant of data.tenants) await loadTenant(site, tenant);
      const org = slugOf(data.tenants[0]);
      const key = await keyOf(site, org);
      await untilFolded(site.url, key, data);
      const catalogue = await prepareProducts(reference, scale);
      const products = await importProducts(site, catalogue, { key, folder });
      return {
        label: catalogue.label,
        products,
        org,
        users: scale === "full" ? 10_000 : 500,
        events: data.events,
        posts: postsIn(join(folder, "vitrine.db")),
        key,
        queries: queriesOf(catalogue),
        people: [],
      };
    },
    // As feed.py has them, of whom the pages are compared; all of the file are signed in.
    people: async () => Array.from({ length: READERS }, (_, i) => userIdOf(1 + ((i * 97) % people(scale)))),
  };
}

function people(scale: Scale): number {
  return scale === "full" ? 20_000 : 1_000;
}

const DEMO = { org: "demo", products: 2_000, users: 400, events: 150_000 };

/** Signs in those with the most friends. */
function signIn(file: string): string[] {
  const database = new Database(file);
  const found = database
    .prepare("SELECT user_id AS id FROM friendships GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT ?")
    .all(READERS) as { id: string }[];
  const insert = database.prepare(
    "INSERT OR IGNORE INTO sessions (id, token, user_id, expires_at, created_at, updated_at) VALUES (?, ?, ?, ?, 0, 0)",
  );
  for (const { id } of found) insert.run(`ses_${id.slice(4)}`, sessionTokenOf(id), id, FAR_AWAY);
  database.close();
  return found.map(({ id }) => id);
}

/** Where there is no reference: the demo's data, by the command that everybody has. */
const generatedSource: Source = {
  name: "generated",
  writeDatabase: migrateFile,
  async load(site, folder) {
    await vitrine(site, [
      "seed",
      "--quiet",
      "--key-file",
      join(folder, "key"),
      "--password-file",
      join(folder, "password"),
    ]);
    const titles = [...generateDemoProducts({ count: DEMO.products })].map(({ title }) => title);
    return {
      ...DEMO,
      label: "the demo's products",
      posts: postsIn(join(folder, "vitrine.db")),
      key: await keyOf(site, DEMO.org),
      queries: titles.slice(0, READERS).map((title, i) =>
        title
          .split(" ")
          .slice(i % 2, (i % 2) + 1 + (i % 3))
          .join(" "),
      ),
      people: [],
    };
  },
  people: async (file) => signIn(file),
};

export function sourceOf(scale: Scale, reference: string | null): Source {
  return reference === null ? generatedSource : referenceSource(scale, reference);
}
