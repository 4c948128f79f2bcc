import { create, insert, load, save, search } from "@orama/orama";
import { describe, expect, it } from "vitest";
import { vitrineIndex } from "../../src/index/orama.ts";
import { openBoth, titlesOf } from "./shop.ts";

type Both = ReturnType<typeof openBoth>;

async function compare({ plain, ours }: Both, params: { term: string; [name: string]: unknown }) {
  return {
    plain: titlesOf((await search(plain, { ...params })) as never),
    ours: titlesOf((await search(ours, { ...params })) as never),
  };
}

/** Each shows what plain Orama 3.1.18 answers, and that ours does not. */
describe("where plain Orama errs", () => {
  it("threshold 0 drops documents that hold the words and more forms of them", async () => {
    const found = await compare(openBoth(["Office chair chairs cushion", "Office chair"]), {
      term: "office chair",
      threshold: 0,
    });
    expect(found.plain).toEqual(["Office chair"]);
    expect(found.ours.toSorted()).toEqual(["Office chair", "Office chair chairs cushion"]);
  });

  it("ranks what only begins with the word as high as the word itself", async () => {
    const found = await compare(openBoth(["iPhones case", "iPhone 15"]), { term: "iphone" });
    expect(found.plain[0]).toBe("iPhones case");
    expect(found.ours).toEqual(["iPhone 15", "iPhones case"]);
  });

  it.each([
    ["iphnoe", "iPhone 15"],
    ["galxay", "Samsung Galaxy S24"],
  ])("misses two letters swapped in %s", async (term, title) => {
    const found = await compare(openBoth(["iPhone 15", "Samsung Galaxy S24", "Lamp"]), {
      term,
      tolerance: 1,
    });
    expect(found.plain).toEqual([]);
    expect(found.ours).toEqual([title]);
  });

  it("has no way to find a measure however it is written", async () => {
    const titles = ["12-inch pan", "12in pan", "12 inch pan", '12" pan', "Wok"];
    const both = openBoth(titles);
    for (const term of ["12 inch", "12-inch", "12in", '12"']) {
      const found = await compare(both, { term });
      expect(found.ours.toSorted()).toEqual(titles.slice(0, 4).toSorted());
    }
    expect((await compare(both, { term: "12-inch", threshold: 0 })).plain).toEqual(["12-inch pan"]);
  });

  it("takes t-shirt, tshirt and t shirt for three things", async () => {
    const titles = ["T-shirt", "Tshirt", "T shirt"];
    const both = openBoth([...titles, "Trousers"]);
    expect((await compare(both, { term: "tshirt" })).plain).toEqual(["Tshirt"]);
    for (const term of ["t-shirt", "tshirt", "t shirt"]) {
      const found = (await compare(both, { term })).ours;
      expect(found.slice(0, 3).toSorted()).toEqual(titles.toSorted());
    }
  });

  it("does not find usb-c by usbc", async () => {
    const found = await compare(openBoth(["USB-C cable", "Lamp"]), { term: "usbc" });
    expect(found.plain).toEqual([]);
    expect(found.ours).toEqual(["USB-C cable"]);
  });

  it.each(["Café", "café", "cafe", "CAFÉ"])("does not find Café by an exact %s", async (term) => {
    const found = await compare(openBoth(["Café table"]), { term, exact: true });
    expect(found.plain).toEqual([]);
    expect(found.ours).toEqual(["Café table"]);
  });

  it("does not find a document by the name of a property of every object", async () => {
    const found = await compare(openBoth(["__proto__ lamp"]), { term: "__proto__" });
    expect(found.plain).toEqual([]);
    expect(found.ours).toEqual(["__proto__ lamp"]);
  });

  it("keeps every distinct query in memory", async () => {
    const both = openBoth(["Lamp"]);
    const cached = (db: Both["plain" | "ours"]) =>
      (db.tokenizer as unknown as { normalizationCache: Map<string, string> }).normalizationCache.size;
    const before = [cached(both.plain), cached(both.ours)];
    for (let i = 0; i < 100; i++) await compare(both, { term: `query${i}` });
    expect(cached(both.plain) - before[0]).toBe(100);
    expect(cached(both.ours) - before[1]).toBe(0);
  });

  it("forgets how words are cut when it is restored", async () => {
    const schema = { title: "string" } as const;
    const saved = create({ schema, components: { tokenizer: { language: "english", stemming: true } } });
    const restored = create({ schema });
    insert(saved, { id: "1", title: "Running shoes" });
    expect((await search(saved, { term: "runs" })).count).toBe(1);
    load(restored, save(saved));
    expect((await search(restored, { term: "runs" })).count).toBe(0);

    const { ours } = openBoth(["Red shoes"]);
    const again = create({ schema, plugins: [vitrineIndex()] });
    load(again, save(ours));
    expect((await search(again, { term: "shoe" })).count).toBe(1);
  });
});
