import { count, create, getByID, insert, load, remove, save, search } from "@orama/orama";
import { describe, expect, it } from "vitest";
import { vitrineIndex } from "../../src/index/orama.ts";
import { emptyShop, idsOf, openShop, SHOES } from "./shop.ts";

/** As it comes back from a file. */
function kept(db: Parameters<typeof save>[0]) {
  return JSON.parse(JSON.stringify(save(db)));
}

describe("save and load", () => {
  it("bring back documents and answers", async () => {
    const db = openShop();
    remove(db, "b");
    const other = emptyShop();
    load(other, kept(db));
    expect(count(other)).toBe(3);
    expect(getByID(other, "a")).toEqual(SHOES[0]);
    expect(idsOf(await search(other, { term: "running shoe" }))[0]).toBe("a");
    expect(idsOf(await search(other, { term: "blue" }))).toEqual([]);
  });

  it("replace what was there", async () => {
    const other = emptyShop();
    insert(other, { id: "z", title: "Zither" });
    load(other, kept(openShop()));
    expect(idsOf(await search(other, { term: "zither" }))).toEqual([]);
    expect(count(other)).toBe(4);
  });

  it("let the database be written on", async () => {
    const other = emptyShop();
    load(other, kept(openShop()));
    expect(() => insert(other, { id: "a", title: "Another" })).toThrow(/already exists/);
    insert(other, { id: "e", title: "Red hat" });
    remove(other, "c");
    expect(idsOf(await search(other, { term: "red" })).toSorted()).toEqual(["a", "e"]);
  });

  it("refuse what another database saved", () => {
    const plain = create({ schema: { title: "string" } as const });
    const ours = create({ schema: { title: "string" } as const, plugins: [vitrineIndex()] });
    expect(() => load(ours, save(plain))).toThrow(/not a saved database of this index/);
  });
});
