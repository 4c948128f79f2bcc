import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemOf } from "../http/open-app.ts";
import { addContent, addImage, shaOf, variantsOf } from "../services/images/image-rows.ts";
import { openCatalogue, rowsOf } from "./open-catalogue.ts";
import type { Catalogue } from "./open-catalogue.ts";

let t: Catalogue;
beforeAll(async () => {
  t = await openCatalogue();
  const { client } = t.platform;
  await client.execute(
    "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES ('u1', 'Ada', 'ada@shop.example', 1, 0, 0)",
  );
  const variants = variantsOf({ large: 1200, medium: 500 });
  await addContent(client, { sha256: shaOf(1), state: "ready", variants });
  await addContent(client, { sha256: shaOf(2) });
  await addContent(client, {
    sha256: shaOf(3),
    state: "ready",
    variants: variantsOf({ large: 400, medium: 400 }),
  });
  await addImage(client, { id: "img_own", sha256: shaOf(1), orgId: t.acme.orgId });
  await addImage(client, { id: "img_waiting", sha256: shaOf(2), orgId: t.acme.orgId });
  await addImage(client, { id: "img_small", sha256: shaOf(3), orgId: t.acme.orgId });
  await addImage(client, { id: "img_spare", sha256: shaOf(1), orgId: t.rival.orgId });
  await addImage(client, { id: "img_persons", sha256: shaOf(1), userId: "u1" });
});
afterAll(() => t.platform.close());

const lamp = { title: "Lantern" };

async function put(id: string, fields: object): Promise<Response> {
  return t.send("PUT", `/v1/products/${id}`, { ...lamp, ...fields });
}

describe("a product with an image of its organisation", () => {
  test("answers with the address of the image's medium variant, and can be sent back as it is", async () => {
    const created = await put("p1", { image_id: "img_own" });
    expect(created.status).toBe(201);
    const product = (await created.json()) as object;
    expect(product).toMatchObject({ image_id: "img_own", image_url: "/i/img_own/medium", version: 1 });
    const again = await t.send("PUT", "/v1/products/p1", product);
    expect([again.status, await again.json()]).toMatchObject([200, { version: 1 }]);
  });

  test("is found with that address", async () => {
    await put("p2", { title: "Zither", image_id: "img_own" });
    t.platform.clock.advance(5_000);
    const found = (await (await t.call("/v1/search?q=zither")).json()) as { items: object[] };
    expect(found.items).toMatchObject([{ id: "p2", image_url: "/i/img_own/medium" }]);
    await t.send("PATCH", "/v1/products/p2", { image_id: "img_small" });
    t.platform.clock.advance(5_000);
    const later = (await (await t.call("/v1/search?q=zither")).json()) as { items: object[] };
    expect(later.items).toMatchObject([{ id: "p2", image_url: "/i/img_small/medium" }]);
  });

  test("can change its image for an address, and back", async () => {
    await put("p3", { image_id: "img_own" });
    const url = { image_id: null, image_url: "/a.png" };
    const changed = await t.send("PATCH", "/v1/products/p3", url);
    expect(await changed.json()).toMatchObject(url);
    const back = await t.send("PATCH", "/v1/products/p3", { image_id: "img_own", image_url: null });
    expect(await back.json()).toMatchObject({ image_id: "img_own", image_url: "/i/img_own/medium" });
  });

  test("keeps it while others of its fields change, though the image is deleted", async () => {
    await addContent(t.platform.client, { sha256: shaOf(4) });
    await addImage(t.platform.client, { id: "img_gone", sha256: shaOf(4), orgId: t.acme.orgId });
    await put("p4", { image_id: "img_gone" });
    await t.platform.client.execute("DELETE FROM images WHERE id = 'img_gone'");
    const patched = await t.send("PATCH", "/v1/products/p4", { title: "Torch" });
    expect([patched.status, await patched.json()]).toMatchObject([
      200,
      { title: "Torch", image_id: "img_gone" },
    ]);
    expect((await put("p5", { image_id: "img_gone" })).status).toBe(422);
  });
});

describe.each([
  ["another organisation's image", "img_spare"],
  ["a person's image", "img_persons"],
  ["no image", "img_none"],
])("a product that names %s", (_, image_id) => {
  test("is refused at image_id, and not written", async () => {
    const id = `strange-${image_id}`;
    const refused = await put(id, { image_id });
    expect(refused.status).toBe(422);
    expect(await problemOf(refused)).toMatchObject({
      code: "invalid_input",
      errors: [{ path: "image_id", message: `Your organisation has no image "${image_id}"` }],
    });
    expect((await t.call(`/v1/products/${id}`)).status).toBe(404);
  });

  test("by a patch is refused, and stays as it was", async () => {
    const id = `patched-${image_id}`;
    await put(id, {});
    const refused = await t.send("PATCH", `/v1/products/${id}`, { image_id });
    expect(refused.status).toBe(422);
    expect(await problemOf(refused)).toMatchObject({ errors: [{ path: "image_id" }] });
    expect(await rowsOf(t, `SELECT image_id, version FROM products WHERE id = '${id}'`)).toEqual([
      { image_id: null, version: 1 },
    ]);
  });

  test("in an import has its line refused by itself", async () => {
    const [good, bad] = [`good-${image_id}`, `bad-${image_id}`];
    const lines = [
      { id: good, ...lamp, image_id: "img_own" },
      { id: bad, ...lamp, image_id },
    ].map((line) => JSON.stringify(line));
    const headers = { "content-type": "application/x-ndjson" };
    const response = await t.send("POST", "/v1/products/import", lines.join("\n"), headers);
    expect(await response.json()).toMatchObject({
      accepted: 1,
      rejected: [
        {
          line: 2,
          code: "invalid_product",
          detail: `image_id: Your organisation has no image "${image_id}"`,
        },
      ],
    });
    expect((await t.call(`/v1/products/${good}`)).status).toBe(200);
    expect((await t.call(`/v1/products/${bad}`)).status).toBe(404);
  });
});

test("who is not the product's owner is told that, not of the image", async () => {
  await put("p6", {});
  const response = await t.send(
    "PUT",
    "/v1/products/p6",
    { ...lamp, image_id: "img_own" },
    { ...t.rival.headers },
  );
  expect(response.status).toBe(403);
});

describe("a product's page", () => {
  async function pictureOf(image_id: string | null): Promise<string> {
    await put(`page-${image_id}`, { title: `Candle ${image_id}`, image_id });
    const html = await (await t.call(`/p/page-${image_id}`)).text();
    return /<article class="product">.*?<\/span><(?:img[^>]*>|\/span>)/.exec(html)?.[0] ?? html;
  }

  test("shows the large picture, and offers the medium one to narrow screens", async () => {
    const picture = await pictureOf("img_own");
    expect(picture).toContain('src="/i/img_own/large"');
    expect(picture).toContain('srcset="/i/img_own/medium 500w, /i/img_own/large 1200w"');
    expect(picture).toContain('width="1200" height="600"');
  });

  test("offers one width where the image is small", async () => {
    const picture = await pictureOf("img_small");
    expect(picture).toContain('src="/i/img_small/large"');
    expect(picture).not.toContain("srcset");
  });

  test.each(["img_waiting", null])("shows none of %s", async (image) => {
    expect(await pictureOf(image)).not.toContain("<img");
  });
});
