import { createClient } from "@libsql/client";
import { join } from "node:path";
import { createApp } from "../../src/app.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { png } from "../http/image-files.ts";
import { startApp, type RunningApp } from "./app.ts";

export interface Shop {
  app: RunningApp;
  /** Of its database. */
  file: string;
  key: string;
}

/** A deployment with an organisation, products in an index, and an image whose pictures are made. */
export async function openShop(products = 30): Promise<Shop> {
  const app = await startApp();
  const { rows } = await app.platform.client.execute(
    "SELECT file FROM pragma_database_list WHERE name = 'main'",
  );
  await app.operator("orgs", "create", "acme", "--name", "Acme Ltd");
  const { out } = await app.operator(
    "keys",
    "create",
    "acme",
    "--scope",
    "catalogue:write,images:write",
    "--json",
  );
  const shop = { app, file: String(rows[0].file), key: (JSON.parse(out) as { key: string }).key };
  for (let i = 0; i < products; i++) await putProduct(shop, i);
  await app.operator("index", "rebuild");
  await call(shop, "POST", "/v1/images", { "content-type": "image/png" }, png());
  return shop;
}

export async function call(
  { app, key }: Pick<Shop, "app" | "key">,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: BodyInit,
): Promise<Response> {
  const all = { authorization: `Bearer ${key}`, ...headers };
  const answer = await fetch(new URL(path, app.url), { method, headers: all, body });
  if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** The first hundred are lamps and chairs; those after them something else. */
export async function putProduct(shop: Shop, i: number): Promise<void> {
  const known = `${["Brass", "Oak", "Linen"][i % 3]} ${["lamp", "chair"][i % 2]}`;
  const title = i < 100 ? known : `Velvet cushion ${i}`;
  const body = JSON.stringify({ title, price: { amount: 100 + i, currency: "USD" } });
  const path = `/v1/products/p-${String(i).padStart(4, "0")}`;
  await (await call(shop, "PUT", path, { "content-type": "application/json" }, body)).arrayBuffer();
}

/** An upload whose job has gone to the queue, and has not come out of it. */
export async function uploadUnresized({ app, key }: Shop, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const deps = openMemoryDeps(app.platform);
  const headers = { authorization: `Bearer ${key}`, "content-type": "image/png" };
  const request = new Request("https://shop.example/v1/images", { method: "POST", headers, body: bytes });
  const answer = await createApp().fetch(request, deps);
  await deps.lifetime.settle();
  app.platform.jobs.queued = [];
  return ((await answer.json()) as { id: string }).id;
}

export async function found({ app }: Pick<Shop, "app">, q: string): Promise<unknown> {
  const answer = await fetch(`${app.url}/v1/search?q=${encodeURIComponent(q)}`);
  const { total, items } = (await answer.json()) as { total: number; items: { id: string }[] };
  return { total, ids: items.map(({ id }) => id) };
}

/** An empty deployment with its own stores, over the database of a file. */
export async function openEmpty(folder: string): Promise<{ app: RunningApp; use(): void; file: string }> {
  const app = await startApp();
  const file = join(folder, "restored.db");
  const first = app.platform.client;
  return {
    app,
    file,
    use: () => {
      first.close();
      app.platform.client = createClient({ url: `file:${file}` });
    },
  };
}
