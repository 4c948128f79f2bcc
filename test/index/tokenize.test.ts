import { describe, expect, it } from "vitest";
import { stem } from "../../src/index/text/stem.ts";
import { MAX_TOKENS, tokenize } from "../../src/index/text/tokenize.ts";

const texts = (source: string): string[] => tokenize(source).map((token) => token.text);
const marked = (source: string): string[] => tokenize(source).map(({ from, to }) => source.slice(from, to));

describe("tokenize", () => {
  it.each([
    ["Café Straße Ærø Łódź", ["cafe", "strasse", "aero", "lodz"]],
    ["men's L'Oréal O’Neill", ["men", "loreal", "oneill"]],
    ["T-Shirt", ["t", "shirt", "tshirt"]],
    ["AT&T U.S.A. Wi‑Fi", ["at", "t", "att", "u", "s", "a", "usa", "wi", "fi", "wifi"]],
    ["12 inch", ["12", "inch", "12inch"]],
    ["12-inch", ["12", "inch", "12inch"]],
    ["12in", ["12", "inch", "12inch"]],
    ['12"', ["12", "inch", "12inch"]],
    ["12 inches", ["12", "inch", "12inch"]],
    ["43.2 cm 43.2cm", ["43.2", "cm", "43.2cm", "43.2", "cm", "43.2cm"]],
    ["4GB 4 gb", ["4", "gb", "4gb", "4", "gb", "4gb"]],
    ["1/2 ½", ["1/2", "1/2"]],
    ["1,440 x 900", ["1440", "x", "900", "1440x900"]],
    ["2x4", ["2", "x", "4", "2x4"]],
    ["2 in 1", ["2", "in", "1"]],
    ["Core™2 15th 006R90321", ["core", "2", "15th", "006r90321"]],
    ["智能手机", ["智", "智能", "能", "能手", "手", "手机", "机"]],
    ["한국 カメラ", ["한", "한국", "국", "カ", "カメ", "メ", "メラ", "ラ"]],
    ["Привет שָׁלוֹם مُحَمَّد", ["привет", "שלום", "محمد"]],
    ["สวัสดี", ["สวัสดี"]],
    ["ＷＩＦＩ ٣", ["wifi", "3"]],
  ])("reads %j", (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  it.each(["", " ", "\0", "\ud800", "\udc00\ud800", "🎉👩‍👩‍👧", "'", "''s", "-._&+", "\u0301", "%00<script>"])(
    "survives %j",
    (source) => {
      for (const token of tokenize(source)) {
        expect(token.text).not.toBe("");
        expect(token.to).toBeGreaterThan(token.from);
      }
    },
  );

  it("tells where in the source each word stands, whatever folding did to its length", () => {
    expect(marked("Großes ﬁsh T-Shirt")).toEqual(["Großes", "ﬁsh", "T", "Shirt", "T-Shirt"]);
  });

  it("reads no more than a bounded part of a megabyte", () => {
    const started = performance.now();
    expect(tokenize("word ".repeat(200_000)).length).toBe(MAX_TOKENS);
    expect(tokenize("\ufdfa".repeat(500_000)).length).toBeLessThanOrEqual(MAX_TOKENS);
    expect(tokenize("x-".repeat(500_000)).length).toBeLessThanOrEqual(MAX_TOKENS + 8);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("cuts long words", () => {
    expect(texts("a".repeat(1_000))).toEqual(["a".repeat(64)]);
  });
});

describe("stem", () => {
  it.each([
    ["lamps", "lamp"],
    ["boxes", "box"],
    ["watches", "watch"],
    ["glasses", "glass"],
    ["shoes", "shoe"],
    ["potatoes", "potato"],
    ["batteries", "battery"],
    ["cookies", "cooky"],
    ["cookie", "cooky"],
    ["cases", "case"],
    ["knives", "knife"],
    ["lens", "lens"],
    ["lenses", "lens"],
    ["wireless", "wireless"],
    ["bus", "bus"],
    ["chassis", "chassis"],
    ["tv", "tv"],
    ["rx580s", "rx580s"],
    ["постерс", "постерс"],
  ])("takes %s to %s", (word, expected) => {
    expect(stem(word)).toBe(expected);
  });
});
