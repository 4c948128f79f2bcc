import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { png } from "./image-files.ts";
import { openImages } from "./images-world.ts";
import type { ImagesWorld } from "./images-world.ts";
import { problemOf } from "./open-app.ts";

type Headers = Record<string, string>;
interface Image {
  id: string;
  status: string;
  sha256: string;
}

let w: ImagesWorld;
let colour = 0;
beforeAll(async () => {
  w = await openImages();
});
afterAll(() => w.platform.close());
beforeEach(async () => {
  await w.platform.client.batch(["DELETE FROM images", "DELETE FROM image_contents"], "write");
});

/** Another image each time. */
async function upload(headers: Headers = w.acme.headers, path = "/v1/images"): Promise<Image> {
  w.platform.clock.advance(1);
  const response = await w.upload(png([colour++ % 256, colour >> 8, 7]), headers, path);
  return (await response.json()) as Image;
}

function call(path: string, headers: Headers = w.acme.headers, method = "GET"): Promise<Response> {
  return w.call(path, { method, headers });
}

async function statusOf(path: string, headers?: Headers, method?: string): Promise<number> {
  return (await call(path, headers, method)).status;
}

async function setState(image: Image, columns: string): Promise<void> {
  await w.platform.client.execute({
    sql: `UPDATE image_contents SET ${columns} WHERE sha256 = ?`,
    args: [image.sha256],
  });
}

const encoding = (format: string, bytes: number) => ({ format, bytes, sha256: "0".repeat(64) });
const variant = (side: number) => ({
  width: side,
  height: side,
  encodings: [encoding("jpeg", side * 10), encoding("webp", side * 7)],
});
const VARIANTS = JSON.stringify({ large: variant(1200), medium: variant(500), thumb: variant(100) });

describe("an image is read", () => {
  test("by its owner's key, members and analysts, and by nobody else", async () => {
    const { id } = await upload();
    const readers = [w.acme.headers, w.member, w.analyst];
    for (const headers of readers) expect(await statusOf(`/v1/images/${id}`, headers)).toBe(200);
    for (const headers of [w.rival.headers, w.ada]) {
      expect(await statusOf(`/v1/images/${id}`, headers)).toBe(404);
    }
    expect(await statusOf(`/v1/images/${id}`, {})).toBe(401);
    expect(await statusOf("/v1/images/img_none")).toBe(404);
    expect(await statusOf("/v1/images/x%20y")).toBe(400);
  });

  test("by the person whose it is, and not by their organisation", async () => {
    const { id } = await upload(w.member);
    expect(await statusOf(`/v1/images/${id}`, w.member)).toBe(200);
    for (const headers of [w.acme.headers, w.analyst, w.ada]) {
      expect(await statusOf(`/v1/images/${id}`, headers)).toBe(404);
    }
  });

  test("with its variants once it is ready, and with its error once it has failed", async () => {
    const image = await upload();
    await setState(image, `variants = '${VARIANTS}', thumbhash = 'aGFzaA=='`);
    const path = `/v1/images/${image.id}`;
    expect(await (await call(path)).json()).toMatchObject({
      status: "queued",
      variants: null,
      thumbhash: null,
    });
    await setState(image, "state = 'ready', width = 4000, height = 3000");
    expect(await (await call(path)).json()).toMatchObject({
      status: "ready",
      width: 4000,
      height: 3000,
      thumbhash: "aGFzaA==",
      variants: {
        thumb: {
          width: 100,
          height: 100,
          format: "jpeg",
          bytes: 1_000,
          url: `/i/${image.id}/thumb`,
          alternatives: [{ format: "webp", bytes: 700 }],
        },
        large: { width: 1200 },
      },
    });
    await setState(image, "state = 'failed', error_code = 'image_corrupt', error_detail = 'It is damaged'");
    const error = { code: "image_corrupt", detail: "It is damaged" };
    expect(await (await call(path)).json()).toMatchObject({ status: "failed", variants: null, error });
  });
});

describe("images are listed", () => {
  test("the newest first, page by page, by state", async () => {
    const all: Image[] = [];
    for (let i = 0; i < 5; i++) all.push(await upload());
    await setState(all[1], "state = 'ready'");
    const seen: string[] = [];
    let path: string | null = "/v1/images?limit=2";
    for (let pages = 0; path !== null; pages++) {
      expect(pages).toBeLessThan(3);
      const response = await call(path);
      const page = (await response.json()) as { items: Image[]; next_cursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      path = page.next_cursor === null ? null : `/v1/images?limit=2&cursor=${page.next_cursor}`;
      expect(response.headers.get("link") !== null).toBe(path !== null);
    }
    expect(seen).toEqual(all.map(({ id }) => id).toReversed());
    const ready = (await (await call("/v1/images?status=ready")).json()) as { items: Image[] };
    expect(ready.items.map(({ id }) => id)).toEqual([all[1].id]);
    const first = (await (await call("/v1/images?limit=1")).json()) as { next_cursor: string };
    expect(await statusOf(`/v1/images?status=ready&cursor=${first.next_cursor}`)).toBe(400);
    expect(await statusOf("/v1/images?status=lost")).toBe(400);
  });

  test("of a person, of an organisation to its members, and of no other's", async () => {
    const [ours, own] = [await upload(), await upload(w.member)];
    const ids = async (headers: Headers, query = "") => {
      const { items } = (await (await call(`/v1/images${query}`, headers)).json()) as { items: Image[] };
      return items.map(({ id }) => id);
    };
    expect(await ids(w.member)).toEqual([own.id]);
    for (const headers of [w.member, w.analyst]) expect(await ids(headers, "?org=acme")).toEqual([ours.id]);
    expect(await ids(w.rival.headers)).toEqual([]);
    expect(await ids(w.ada)).toEqual([]);
    expect(await statusOf("/v1/images?org=acme", w.ada)).toBe(404);
    expect(await statusOf("/v1/images?org=acme", w.rival.headers)).toBe(404);
  });
});

describe("an image is deleted", () => {
  const remove = (id: string, headers?: Headers) => statusOf(`/v1/images/${id}`, headers, "DELETE");

  test("by its owner, once; its content is left to the sweep when no image has it", async () => {
    const image = await upload();
    const others = (await (
      await w.call("/v1/images", {
        method: "POST",
        headers: { ...w.rival.headers, "content-type": "image/png" },
        body: await w.platform.blobs.get(`originals/${image.sha256}`),
      })
    ).json()) as Image;
    const unused = () => rowsOf(w, "SELECT unused_since FROM image_contents");
    expect(await remove(image.id)).toBe(204);
    expect(await remove(image.id)).toBe(404);
    expect(await unused()).toEqual([{ unused_since: null }]);
    expect(await remove(others.id, w.rival.headers)).toBe(204);
    expect(await unused()).toEqual([{ unused_since: w.platform.clock.now() }]);
    expect(await rowsOf(w, "SELECT id FROM images")).toEqual([]);
  });

  test("by who may write, and by nobody else", async () => {
    const { id } = await upload();
    expect(await remove(id, w.analyst)).toBe(403);
    for (const headers of [w.ada, w.rival.headers]) expect(await remove(id, headers)).toBe(404);
    expect(await rowsOf(w, "SELECT unused_since FROM image_contents")).toEqual([{ unused_since: null }]);
    expect(await remove(id, w.member)).toBe(204);
    const own = await upload(w.analyst);
    expect(await remove(own.id, w.acme.headers)).toBe(404);
    expect(await remove(own.id, w.analyst)).toBe(204);
  });

  test("not while products of its organisation show it, which are named", async () => {
    const { id } = await upload();
    const put = (product: string, headers: Headers, body: object) =>
      w.call(`/v1/products/${product}`, {
        method: "PUT",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ title: "A lamp", ...body }),
      });
    for (let i = 0; i < 7; i++) expect((await put(`p${i}`, w.acme.headers, { image_id: id })).ok).toBe(true);
    const refused = await call(`/v1/images/${id}`, w.acme.headers, "DELETE");
    const { status, code, detail, errors } = await problemOf(refused);
    expect([status, code]).toEqual([409, "conflict"]);
    expect(detail).toContain('"p0", "p1", "p2", "p3", "p4"');
    expect(errors).toHaveLength(5);
    expect(await statusOf(`/v1/images/${id}`)).toBe(200);
    for (let i = 0; i < 7; i++) await put(`p${i}`, w.acme.headers, { image_id: null });
    expect(await remove(id)).toBe(204);
  });
});

describe("images are followed", () => {
  /** The events of a stream as they come: `next` waits for one. */
  async function follow(path: string, headers: Headers = w.acme.headers) {
    const response = await call(path, headers);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const next = async (): Promise<{ event: string; id?: string; data: Image } | null> => {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const fields = text
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/: (.*)/s).slice(0, 2));
          text = text.slice(end + 2);
          const { event, id, data } = Object.fromEntries(fields) as Record<string, string>;
          if (event !== undefined) return { event, ...(id ? { id } : {}), data: JSON.parse(data) as Image };
          continue;
        }
        const read = await reader?.read();
        if (read === undefined || read.done) return null;
        text += read.value;
      }
    };
    return { next, cancel: async () => reader?.cancel() };
  }

  test("each change of one until it has ended, on a stream that then ends", async () => {
    const image = await upload();
    const { next } = await follow(`/v1/images/${image.id}/events`);
    expect(await next()).toMatchObject({ event: "status", data: { id: image.id, status: "queued" } });
    await setState(image, "state = 'processing'");
    expect(await next()).toMatchObject({ event: "status", data: { status: "processing" } });
    await setState(image, "state = 'ready'");
    expect(await next()).toMatchObject({ event: "status", id: "ended", data: { status: "ready" } });
    expect(await next()).toBeNull();
  });

  test("many on one connection, one of which is deleted meanwhile", async () => {
    const images = [await upload(), await upload(), await upload()];
    await setState(images[0], "state = 'failed', error_code = 'image_corrupt', error_detail = 'x'");
    const { next } = await follow(`/v1/images/events?ids=${images.map(({ id }) => id).join(",")}`);
    const first = [await next(), await next(), await next()];
    expect(first.map((one) => one?.data.status)).toEqual(["failed", "queued", "queued"]);
    await setState(images[1], "state = 'ready'");
    expect(await next()).toMatchObject({ data: { id: images[1].id, status: "ready" } });
    await w.platform.client.execute({ sql: "DELETE FROM images WHERE id = ?", args: [images[2].id] });
    expect(await next()).toEqual({ event: "gone", id: "ended", data: { id: images[2].id } });
    expect(await next()).toBeNull();
  });

  test("and no more once the client is gone", async () => {
    const image = await upload();
    const { next, cancel } = await follow(`/v1/images/${image.id}/events`);
    await next();
    await cancel();
    await expect(next()).resolves.toBeNull();
  });

  test("a browser that connects again after the last event is told to stop", async () => {
    const { id } = await upload();
    const headers = { ...w.acme.headers, "last-event-id": "ended" };
    expect(await statusOf(`/v1/images/${id}/events`, headers)).toBe(204);
  });

  test("by their owner alone, and none of others in between", async () => {
    const [ours, own] = [await upload(), await upload(w.ada)];
    expect(await statusOf(`/v1/images/${ours.id}/events`, w.ada)).toBe(404);
    expect(await statusOf(`/v1/images/events?ids=${own.id},${ours.id}`, w.ada)).toBe(404);
    expect(await statusOf(`/v1/images/events?ids=${ours.id}`, {})).toBe(401);
  });

  test.each(["", "?ids=", "?ids=,", "?ids=a%20b", `?ids=${Array.from({ length: 51 }, (_, i) => `i${i}`)}`])(
    "not by the query %j",
    async (query) => {
      expect(await statusOf(`/v1/images/events${query}`)).toBe(400);
    },
  );
});
