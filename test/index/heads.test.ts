import { describe, expect, it } from "vitest";
import { headPositions } from "../../src/index/text/heads.ts";
import { tokenize } from "../../src/index/text/tokenize.ts";
import { found, product, snapshotOf } from "./fixtures.ts";

function heads(text: string, limit = 100): string[] {
  const tokens = tokenize(text);
  const positions = headPositions(text, tokens, limit);
  return tokens.filter(({ parts, position }) => parts === 1 && positions.has(position)).map((t) => t.text);
}

describe("headPositions", () => {
  it.each([
    ["Gel Mouse Pad", ["pad"]],
    ["Optical mouse USB 1000 DPI", ["mouse", "usb", "dpi"]],
    ["Laptop bag for small laptops, black", ["bag", "laptops", "black"]],
    ["Desk lamp - brass (small)", ["lamp", "brass", "small"]],
    ["GARDEN HOSE REEL", ["reel"]],
    ["Case. Fits most", ["case", "most"]],
    ["Большая лампа LED", ["лампа", "led"]],
    ["???", []],
    ["", []],
  ])("of %j", (text, expected) => {
    expect(heads(text)).toEqual(expected);
  });

  it("looks no further than the limit", () => {
    expect(heads("lamp, chair, table", 2)).toEqual(["lamp", "chair"]);
  });

  it("ignores runs without spaces", () => {
    expect(heads("黒い鞄")).toEqual([]);
  });
});

describe("what a product is", () => {
  it("ranks before what only goes with it", () => {
    const snapshot = snapshotOf([
      product("a", { title: "Grey mouse pad" }),
      product("b", { title: "Grey wheel mouse" }),
    ]);
    expect(found(snapshot, "mouse")).toEqual(["Grey wheel mouse", "Grey mouse pad"]);
  });

  it("may be said by the opening of the description", () => {
    const snapshot = snapshotOf([
      product("a", { title: "ACME 100", description: "Keyboard cover. colour: grey" }),
      product("b", { title: "ACME 200", description: "Small keyboard. colour: grey" }),
    ]);
    expect(found(snapshot, "keyboard")).toEqual(["ACME 200", "ACME 100"]);
  });
});
