import {
  count,
  create,
  getByID,
  insert,
  insertMultiple,
  remove,
  removeMultiple,
  search,
  update,
  upsert,
} from "@orama/orama";
import { describe, expect, it } from "vitest";
import { SegmentBuilder } from "../../src/index/builder.ts";
import { vitrineIndex } from "../../src/index/orama.ts";
import { idsOf, openShop, SHOES } from "./shop.ts";

describe("a database over the index", () => {
  it("counts and returns what was inserted, whole", () => {
    const db = openShop();
    expect(count(db)).toBe(4);
    expect(getByID(db, "b")).toEqual(SHOES[1]);
    expect(getByID(db, "none")).toBeUndefined();
  });

  it("finds a document as soon as it is inserted", async () => {
    const db = openShop();
    insert(db, { id: "e", title: "Green hat", price: 900 });
    expect(idsOf(await search(db, { term: "green hat" }))).toEqual(["e"]);
  });

  it("gives a document without id one of its own", () => {
    const db = openShop();
    const id = insert(db, { title: "Nameless" }) as string;
    expect(getByID(db, id)).toEqual({ title: "Nameless" });
  });

  it("refuses a second document of one id", () => {
    const db = openShop();
    expect(() => insert(db, { id: "a", title: "Another" })).toThrow(/"a" already exists/);
    expect(getByID(db, "a")?.title).toBe("Red running shoe");
  });

  it("refuses a document that is not of the schema", () => {
    const db = openShop();
    expect(() => insert(db, { id: "e", title: "Hat", price: "cheap" } as never)).toThrow(/schema validation/);
    expect(count(db)).toBe(4);
  });

  it("no longer finds what was removed", async () => {
    const db = openShop();
    expect(remove(db, "a")).toBe(true);
    expect(remove(db, "a")).toBe(false);
    expect(count(db)).toBe(3);
    expect(idsOf(await search(db, { term: "running" }))).toEqual(["b"]);
    await removeMultiple(db, ["b", "c"]);
    expect(idsOf(await search(db, {}))).toEqual(["d"]);
  });

  it("finds an updated document by its new words alone", async () => {
    const db = openShop();
    update(db, "a", { ...SHOES[0], title: "Walking stick" });
    expect(idsOf(await search(db, { term: "walking stick" }))).toEqual(["a"]);
    expect(idsOf(await search(db, { term: "shoe" }))).toEqual(["b"]);
    expect(count(db)).toBe(4);
  });

  it("inserts or updates by upsert", async () => {
    const db = openShop();
    await upsert(db, { ...SHOES[3], title: "Floor lamp" });
    await upsert(db, { id: "e", title: "Table lamp" });
    expect(idsOf(await search(db, { term: "lamp" })).toSorted()).toEqual(["d", "e"]);
    expect(count(db)).toBe(5);
  });

  it("keeps a document that was removed and inserted again", async () => {
    const db = openShop();
    remove(db, "d");
    insert(db, { id: "d", title: "Desk lamp, new" });
    expect(idsOf(await search(db, { term: "lamp" }))).toEqual(["d"]);
  });

  it("takes many documents that share a word in one step", async () => {
    const db = create({ schema: { title: "string" } as const, plugins: [vitrineIndex()] });
    insertMultiple(
      db,
      Array.from({ length: 5_000 }, (_, i) => ({ id: `p${i}`, title: `Lamp ${i}` })),
    );
    const answer = await search(db, { term: "lamp", limit: 3 });
    expect(answer.count).toBe(5_000);
    expect(answer.hits).toHaveLength(3);
  });

  it("serves one database a plugin", () => {
    const plugin = vitrineIndex();
    create({ schema: { title: "string" }, plugins: [plugin] });
    expect(() => create({ schema: { title: "string" }, plugins: [plugin] })).toThrow(
      /serves a database already/,
    );
  });
});

describe("a database over base segments", () => {
  function segmentOf(titles: Readonly<Record<string, string>>): ArrayBuffer {
    const builder = new SegmentBuilder();
    const rest = {
      orgId: "",
      description: "text",
      rating: null,
      ratingCount: 0,
      imageUrl: null,
      imageId: null,
    };
    for (const [id, title] of Object.entries(titles)) {
      builder.add({
        ...rest,
        id,
        title,
        brand: "Acme",
        category: ["Home", "Lamps"],
        price: { amount: 100, currency: "" },
        inStock: true,
        attributes: { color: "red", watts: 40, dimmable: true },
        updatedAt: 0,
        version: 1,
      });
    }
    return builder.finish();
  }
  const schema = {
    title: "string",
    brand: "enum",
    category: "enum[]",
    price: "number",
    color: "enum",
    watts: "number",
    dimmable: "boolean",
  } as const;

  it("finds and returns what the segments hold", async () => {
    const base = [segmentOf({ x: "Lamp" }), segmentOf({ y: "Lampshade" })];
    const db = create({ schema, plugins: [vitrineIndex({ base })] });
    expect(count(db)).toBe(2);
    expect(idsOf(await search(db, { term: "lamp" }))).toEqual(["x", "y"]);
    const stored = {
      brand: "Acme",
      category: ["Home", "Lamps"],
      price: 100,
      color: "red",
      watts: 40,
      dimmable: true,
    };
    expect(getByID(db, "y")).toEqual({ id: "y", title: "Lampshade", ...stored });
  });

  it("replaces and removes what the segments hold, and leaves them as they are", async () => {
    const base = [segmentOf({ x: "Lamp", y: "Lampshade" })];
    const db = create({ schema, plugins: [vitrineIndex({ base })] });
    expect(() => insert(db, { id: "x", title: "Other" })).toThrow(/already exists/);
    update(db, "x", { id: "x", title: "Candle" });
    remove(db, "y");
    expect(idsOf(await search(db, { term: "lamp" }))).toEqual([]);
    expect(idsOf(await search(db, { term: "candle" }))).toEqual(["x"]);
    expect(count(db)).toBe(1);
    const other = create({ schema, plugins: [vitrineIndex({ base })] });
    expect(idsOf(await search(other, { term: "lamp" }))).toEqual(["x", "y"]);
  });
});
