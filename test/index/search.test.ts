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
