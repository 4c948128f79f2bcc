import { afterEach, beforeEach, expect, test } from "vitest";
import { sweepIndex } from "../../src/services/search/sweep.ts";
import { mergeChanges } from "../../src/services/search/merge.ts";
import { startRebuild } from "../../src/services/search/rebuild.ts";
import { product, Shop } from "./shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.write(...Array.from({ length: 300 }, (_, i) => product(`lamp-${i}`, { title: "Lamp" })));
});
afterEach(() => shop.close());

const OPERATOR = { kind: "operator" as const };

/** What another version of the Worker writes instead of the newest manifest. */
async function rewriteManifest(): Promise<void> {
  await shop.platform.client.execute(
    `UPDATE index_manifests SET manifest = replace(manifest, '"format":1', '"format":2')
      WHERE generation = (SELECT max(generation) FROM index_manifests)`,
  );
}

/** A rebuild begins, and before it ends a merge publishes what was written meanwhile. */
async function overtakeRebuild(): Promise<void> {
  await startRebuild({ ...shop.deps(), actor: OPERATOR });
  await shop.write(product("new", { title: "Unicorn" }));
  await shop.remove("lamp-1");
  await mergeChanges(shop.deps(), { force: true });
}

test("a rebuild that a merge has overtaken takes nothing back", async () => {
  const [early, late] = [shop.otherIsolate(), shop.otherIsolate()];
  await shop.find("lamp", early);
  await overtakeRebuild();
  await shop.find("lamp", late);
  await shop.work();
  expect((await shop.manifest()).generation).toBe(2);
  for (const isolate of [early, late, shop.otherIsolate()]) {
    expect(await shop.find("unicorn", isolate)).toEqual(["new"]);
    expect(await shop.find("lamp", isolate)).not.toContain("lamp-1");
    expect(isolate.isolate.index.manifest?.generation).toBe(2);
  }
});

test("deletions are remembered as long as a rebuild that began before them is under way", async () => {
  await startRebuild({ ...shop.deps(), actor: OPERATOR });
  await shop.remove("lamp-1");
  await mergeChanges(shop.deps(), { force: true });
  await sweepIndex(shop.deps());
  const { rows } = await shop.platform.client.execute("SELECT id FROM products WHERE deleted_at IS NOT NULL");
  expect(rows).toHaveLength(1);
});

test("a manifest of another version leaves no gap: what changed before it is found all the same", async () => {
  const running = shop.otherIsolate();
  await shop.find("lamp", running);
  await shop.write(product("new", { title: "Unicorn" }));
  await mergeChanges(shop.deps(), { force: true });
  await rewriteManifest();
  expect(await shop.find("unicorn", running)).toEqual(["new"]);
  expect((await shop.find("lamp", running)).length).toBe(100);
});

test("a cold isolate that cannot read the newest manifest takes the one before it, with all changes since", async () => {
  await mergeChanges(shop.deps());
  await shop.write(product("new", { title: "Unicorn" }));
  await mergeChanges(shop.deps(), { force: true });
  await rewriteManifest();
  const cold = shop.otherIsolate();
  expect(await shop.find("unicorn", cold)).toEqual(["new"]);
  expect(cold.isolate.index.manifest?.generation).toBe(1);
});

test("a merge leaves an index of another version alone, and the operator's rebuild replaces it", async () => {
  await mergeChanges(shop.deps());
  await rewriteManifest();
  await shop.write(product("new", { title: "Unicorn" }));
  await mergeChanges(shop.deps(), { force: true });
  const generations = async () =>
    (await shop.platform.client.execute("SELECT generation FROM index_manifests")).rows.length;
  expect(await generations()).toBe(1);
  await startRebuild({ ...shop.deps(), actor: OPERATOR });
  await shop.work();
  expect((await shop.manifest()).generation).toBe(2);
  expect(await shop.find("unicorn", shop.otherIsolate())).toEqual(["new"]);
});

test("blobs stay while a kept manifest cannot be read, since it may name them", async () => {
  await mergeChanges(shop.deps());
  for (let i = 0; i < 5; i++) {
    await shop.write(product(`new-${i}`));
    await mergeChanges(shop.deps(), { force: true });
  }
  await rewriteManifest();
  shop.platform.clock.advance(2 * 3_600_000);
  const before = await shop.platform.blobs.list("index/", 1_000);
  await sweepIndex(shop.deps());
  expect(await shop.platform.blobs.list("index/", 1_000)).toEqual(before);
});

test("a snapshot whose deletions may be forgotten is not brought up to date, but loaded anew", async () => {
  const running = shop.otherIsolate();
  await shop.find("lamp", running);
  await shop.remove("lamp-1");
  await mergeChanges(shop.deps(), { force: true });
  await sweepIndex(shop.deps());
  await rewriteManifest();
  expect(await shop.find("lamp", running)).not.toContain("lamp-1");
});

test("a clock that was set back does not make an old snapshot a new one", async () => {
  const running = shop.otherIsolate();
  await shop.find("lamp", running);
  await shop.write(product("new", { title: "Unicorn" }));
  shop.platform.clock.advance(-60_000);
  expect(await shop.find("unicorn", running)).toEqual(["new"]);
});
