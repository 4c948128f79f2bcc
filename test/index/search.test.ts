import { describe, expect, it } from "vitest";
import { search } from "../../src/index/search.ts";
import { found, product, snapshotOf, titles } from "./fixtures.ts";
import { request } from "./random.ts";

describe("what words find", () => {
  it("takes extra forms of a word for no reason to drop a document", () => {
    expect(found(titles("Office chair chairs cushion", "Office lamp"), "office chair")[0]).toBe(
      "Office chair chairs cushion",
    );
  });

  it("ranks the word itself before its plural, both ways", () => {
    const snapshot = titles("iPhones case", "iPhone 15");
    expect(found(snapshot, "iphone")).toEqual(["iPhone 15", "iPhones case"]);
    expect(found(snapshot, "iphones ")).toEqual(["iPhones case", "iPhone 15"]);
  });

  it.each([
    ["iphnoe", "iPhone 15"],
    ["galxay", "Samsung Galaxy"],
    ["jphone", "iPhone 15"],
    ["lpato", "Laptop stand"],
    ["keybaord", "Keyboard"],
    ["kyebaord", "Keyboard"],
    ["аьажур", "абажур"],
  ])("forgives %s", (query, title) => {
    expect(found(titles("iPhone 15", "Samsung Galaxy", "Laptop stand", "Keyboard", "абажур"), query)).toEqual(
      [title],
    );
  });

  it.each([
    [
      ["t shirt", "t-shirt", "tshirt", "T-Shirts", "t shirts"],
      ["Red T Shirt", "Red T-Shirt", "Red Tshirt", "Red T-Shirts"],
    ],
    [
      ["12 inch", "12-inch", "12in", '12"', "12 inches"],
      ["A 12 inch", "A 12-inch", "A 12in", 'A 12"', "A 12 inches"],
    ],
    [
      ["usbc", "usb-c", "usb c"],
      ["USB-C hub", "USBC hub", "USB C hub"],
    ],
    [
      ["wifi", "wi-fi", "wi fi"],
      ["WiFi", "Wi-Fi", "Wi Fi"],
    ],
    [
      ["headset", "head set"],
      ["Headset", "Head set"],
    ],
    [
      ["43.2 cm", "43.2cm"],
      ["43.2 cm", "43.2cm"],
    ],
    [
      ["4gb", "4 gb", "4 GB"],
      ["4GB", "4 gb"],
    ],
    [
      ["2x4", "2 x 4"],
      ["Plate 2x4", "Plate 2 x 4"],
    ],
    [
      ["iphone15", "iphone 15"],
      ["iPhone 15", "iPhone15"],
    ],
  ])("finds the same by %j", (queries, names) => {
    const snapshot = titles(...names, "Something else", "Hub of 13 things");
    for (const query of queries) expect(found(snapshot, query).sort(), query).toEqual([...names].sort());
  });

  it("finds accents, case and half-width forms by plain letters and the other way round", () => {
    const snapshot = titles("Café crème", "STRASSE", "Smørrebrød");
    expect(found(snapshot, "CAFE")).toEqual(["Café crème"]);
    expect(found(snapshot, "straße")).toEqual(["STRASSE"]);
    expect(found(snapshot, "smorrebrod")).toEqual(["Smørrebrød"]);
    expect(found(snapshot, '"café crème"')).toEqual(["Café crème"]);
  });

  it("finds text without spaces by any two characters, and by one", () => {
    const snapshot = titles("智能手机", "手表");
    expect(found(snapshot, "手机")).toEqual(["智能手机"]);
    expect(found(snapshot, "手").sort()).toEqual(["手表", "智能手机"].sort());
  });

  it("finds a fraction", () => {
    expect(found(titles("1/2 pipe", "12 pipes"), "1/2")).toEqual(["1/2 pipe"]);
  });

  it("fills the page with partial matches behind the full ones", () => {
    const hits = found(titles("red", "red lamp", "lamp", "blue chair"), "red lamp");
    expect(hits[0]).toBe("red lamp");
    expect(hits.slice(1).sort()).toEqual(["lamp", "red"]);
  });

  it("asks for at least half of the words, of those that are found at all", () => {
    const snapshot = titles("red oak table lamp", "red oak", "red", "table");
    expect(found(snapshot, "red oak table nonexistentword ")).toEqual(["red oak table lamp", "red oak"]);
  });

  it("ignores stop words beside others, and takes them alone or quoted", () => {
    const snapshot = titles("The Lord of the Rings", "Rings", "Of");
    expect(found(snapshot, "of rings ")).toEqual(["Rings", "The Lord of the Rings"]);
    expect(found(snapshot, "of ")).toContain("Of");
    expect(found(snapshot, '"lord of the rings"')).toEqual(["The Lord of the Rings"]);
  });

  it("begins to find with the first letter, in titles and brands", () => {
    const snapshot = snapshotOf([
      product("a", { title: "Lamp" }),
      product("b", { brand: "Lumo" }),
      product("c", { title: "Chair" }),
    ]);
    expect(
      search(snapshot, request("l"))
        .hits.map(({ id }) => id)
        .sort(),
    ).toEqual(["a", "b"]);
    expect(search(snapshot, request("lu")).hits.map(({ id }) => id)).toEqual(["b"]);
    expect(search(snapshot, request("l ")).total).toBe(0);
  });

  it("does not complete words before the last", () => {
    expect(found(titles("laptop bag"), "lap bag")).toEqual(["laptop bag"]);
    expect(search(titles("laptop bag", "lap bag"), request("lap bag")).hits[0].title).toBe("lap bag");
  });
});

describe("phrases and exclusions", () => {
  const snapshot = snapshotOf([
    product("a", { title: "Toner cartridge black" }),
    product("b", { title: "Cartridge toner" }),
    product("c", { title: "Toner", description: "a toner cartridge, xerox" }),
    product("d", { title: "toner", description: "cartridge" }),
  ]);
  const ids = (query: string): string[] =>
    search(snapshot, request(query))
      .hits.map(({ id }) => id)
      .sort();

  it("a quoted phrase stands in title or description, never across", () => {
    expect(ids('"toner cartridge"')).toEqual(["a", "c"]);
    expect(ids('"cartridge toner"')).toEqual(["b"]);
    expect(ids('"no such phrase"')).toEqual([]);
  });

  it("a minus takes words and phrases out", () => {
    expect(ids("toner -xerox")).toEqual(["a", "b", "d"]);
    expect(ids('toner -"toner cartridge"')).toEqual(["b", "d"]);
    expect(ids("-black")).toEqual(["b", "c", "d"]);
    expect(ids("-toner")).toEqual([]);
  });

  it("a quote that is not closed is no phrase, one behind a digit means inches", () => {
    expect(ids('"toner').length).toBe(4);
    expect(found(titles('TV 12" wide', "TV 12 cm"), '12" tv')[0]).toBe('TV 12" wide');
  });
});

describe("sorting, filtering and counting", () => {
  const snapshot = snapshotOf(
    [
      product("a", {
        title: "lamp",
        price: { amount: 300, currency: "USD" },
        rating: 4,
        ratingCount: 1,
        updatedAt: 3,
      }),
      product("b", {
        title: "lamp",
        price: { amount: 100, currency: "USD" },
        rating: 4,
        ratingCount: 9,
        updatedAt: 1,
      }),
    ],
    [
      product("c", {
        title: "lamp",
        updatedAt: 2,
        category: ["Home", "Lamps"],
        brand: "Acme",
        inStock: false,
      }),
      product("d", {
        title: "lamp shade",
        price: { amount: 100, currency: "USD" },
        category: ["Home"],
        brand: "Acme",
      }),
    ],
  );
  const ids = (changes: Parameters<typeof request>[1], query = "lamp"): string[] =>
    search(snapshot, request(query, changes)).hits.map(({ id }) => id);

  it("puts those without the value last in either direction, and breaks ties by id", () => {
    expect(ids({ sort: "price" })).toEqual(["b", "d", "a", "c"]);
    expect(ids({ sort: "-price" })).toEqual(["a", "b", "d", "c"]);
    expect(ids({ sort: "-rating" })).toEqual(["b", "a", "c", "d"]);
    expect(ids({ sort: "-updated_at" })).toEqual(["a", "c", "b", "d"]);
  });

  it("sorts only what matches as many words as any does", () => {
    expect(ids({ sort: "price" }, "lamp shade")).toEqual(["d"]);
  });

  it("a category takes what lies below it, from the top only", () => {
    expect(ids({ filters: [{ field: "category", values: ["Home"] }] }).sort()).toEqual(["c", "d"]);
    expect(ids({ filters: [{ field: "category", values: ["Lamps"] }] })).toEqual([]);
  });

  it("counts a facet without its own filter, and all others with it", () => {
    const answer = search(
      snapshot,
      request("lamp", {
        filters: [{ field: "brand", values: ["Acme"] }],
        facets: ["brand", "category", "price", "in_stock"],
      }),
    );
    expect(answer.total).toBe(2);
    expect(answer.facets).toEqual({
      brand: [{ value: "Acme", count: 2 }],
      category: [
        { value: "Home", count: 2 },
        { value: "Home/Lamps", count: 1 },
      ],
      price: { min: 100, max: 100 },
      in_stock: [
        { value: "false", count: 1 },
        { value: "true", count: 1 },
      ],
    });
  });

  it("browses by popularity without words", () => {
    expect(ids({}, "")).toEqual(["b", "a", "d", "c"]);
    expect(ids({}, "  ")).toEqual(["b", "a", "d", "c"]);
  });

  it("finds nothing by signs that no word is made of", () => {
    expect(ids({}, "🎉")).toEqual([]);
    expect(ids({}, "???")).toEqual([]);
  });
});

describe("what an answer shows", () => {
  const marked = (title: string, query: string): string[] =>
    search(titles(title), request(query)).hits.flatMap((hit) =>
      hit.highlights.title.map(([from, to]) => title.slice(from, to)),
    );

  it.each([
    ["Red Laptop stand", "laptop", ["Laptop"]],
    ["Red Laptop stand", "lapt", ["Lapt"]],
    ["Red Laptop stand", "lpatop", ["Laptop"]],
    ["Red T-Shirt", "tshirt", ["T-Shirt"]],
    ["Head set", "headset", ["Head", "set"]],
    ["Straße nach Köln", "koln strasse", ["Straße", "Köln"]],
    ["Straßen", "strass", ["Straß"]],
    ["Batteries", "battery", ["Batteries"]],
    ["Lamp lamp LAMP", "lamp", ["Lamp", "lamp", "LAMP"]],
  ])("marks in %j what %j matched", (title, query, expected) => {
    expect(marked(title, query)).toEqual(expected);
  });

  it("explains a score by parts that sum up to it", () => {
    const snapshot = titles("Red lamp shade", "red things", "lamp");
    for (const { score, explain } of search(snapshot, request("red lmap", { explain: true })).hits) {
      if (explain === undefined) throw new Error("no explanation");
      const words = explain.words.reduce((sum, word) => sum + word.score, 0);
      const sum =
        explain.matchedWords * 1000 + words + explain.proximity + explain.exactness + explain.popularity;
      expect(score).toBeCloseTo(sum, 9);
    }
    const [first] = search(snapshot, request("red lmap", { explain: true })).hits;
    expect(first.explain?.words.map(({ matched }) => matched[0])).toEqual([
      { term: "red", kind: "exact", distance: 0 },
      { term: "lamp", kind: "typo", distance: 1 },
    ]);
  });

  it("expands synonyms, weaker than the word itself", () => {
    const snapshot = titles("Sofa", "Couch", "Settee two seater", "Chair");
    const synonyms = new Map([["couch", ["sofa", "settee two"]]]);
    const { hits } = search(snapshot, request("couch ", { synonyms, explain: true }));
    expect(hits[0].title).toBe("Couch");
    expect(hits.map(({ title }) => title).sort()).toEqual(["Couch", "Settee two seater", "Sofa"]);
    expect(hits[1].explain?.words[0].matched[0].kind).toBe("synonym");
  });
});

describe("hostile input", () => {
  const texts = [
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "a'; DROP TABLE x;--",
    ".*+?^${}()|[]\\",
    "🎉",
    "%",
    "\u0001",
    "-",
    '"',
    '-"',
    "'",
  ];

  it("finds documents whatever they are called", () => {
    const snapshot = snapshotOf([
      product("__proto__", { title: "__proto__", brand: "constructor", attributes: { toString: "x" } }),
    ]);
    expect(search(snapshot, request("__proto__")).hits.map(({ id }) => id)).toEqual(["__proto__"]);
    const answer = search(
      snapshot,
      request("", { facets: ["brand", "attributes.toString", "attributes.__proto__"] }),
    );
    expect(answer.facets).toEqual({
      brand: [{ value: "constructor", count: 1 }],
      "attributes.toString": [{ value: "x", count: 1 }],
      "attributes.__proto__": [],
    });
  });

  it("answers any query", () => {
    const snapshot = snapshotOf(texts.map((text, i) => product(`p${i}`, { title: text, description: text })));
    for (const text of texts)
      for (const other of texts) search(snapshot, request(`${text} ${other}${text}`, { explain: true }));
    expect(search(snapshot, request("constructor")).total).toBe(1);
  });

  it("reads a bounded part of a query of ten thousand words", () => {
    const snapshot = titles(...Array.from({ length: 200 }, (_, i) => `word${i} lamp`));
    const started = performance.now();
    search(snapshot, request("word1 lmap ".repeat(10_000)));
    search(snapshot, request("x".repeat(1_000_000)));
    search(snapshot, request('"a '.repeat(10_000)));
    search(snapshot, request("-a ".repeat(10_000)));
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("indexes a bounded part of a title of a megabyte", () => {
    const snapshot = titles("lamp ".repeat(200_000), "a");
    expect(search(snapshot, request("lamp")).total).toBe(1);
  });

  it("takes limits and cursors that make no sense", () => {
    const snapshot = titles("lamp", "lamp");
    for (const limit of [0, -1, Number.NaN, 1e9])
      expect(search(snapshot, request("lamp", { limit })).hits.length).toBeGreaterThan(0);
    expect(search(snapshot, request("lamp", { after: { key: -1, id: "" } })).hits).toEqual([]);
    expect(search(snapshot, request("lamp", { after: { key: Number.NaN, id: "\ud800" } })).total).toBe(2);
  });

  it("leaves nothing behind for the next search", () => {
    const snapshot = titles("red lamp", "blue lamp", "red chair");
    const fresh = found(snapshot, "red");
    search(snapshot, request('lamp "blue lamp" -red', { facets: ["brand"] }));
    expect(found(snapshot, "red")).toEqual(fresh);
    expect(search(snapshot, request("chair")).total).toBe(1);
  });
});
