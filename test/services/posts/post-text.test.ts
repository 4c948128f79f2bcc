import { describe, expect, test } from "vitest";
import { AppError } from "../../../src/domain/errors.ts";
import { readPostText } from "../../../src/domain/post-text.ts";
import type { GivenMention } from "../../../src/domain/post-text-mentions.ts";
import { MAX_POST_LENGTH } from "../../../src/domain/post.ts";
import { mulberry32 } from "../../../src/domain/random.ts";

function read(text: string, mentions: readonly GivenMention[] = []) {
  return readPostText(text, mentions, MAX_POST_LENGTH);
}

function refusalOf(text: string, mentions: readonly GivenMention[] = []): string {
  try {
    read(text, mentions);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input")
      return `${error.facts.errors?.[0].path}: ${error.facts.errors?.[0].message}`;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} is taken`);
}

/** The links of a text, as the part of it that is one, and its address. */
function linksOf(text: string): string[][] {
  const done = read(text);
  return done.entities.flatMap((entity) =>
    entity.kind === "link" ? [[done.text.slice(entity.from, entity.to), entity.url]] : [],
  );
}

describe("a text", () => {
  test.each([
    ["  a \n", "a"],
    ["a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["e\u0301", "\u00e9"],
    ["a\n\n\n\nb", "a\n\n\n\nb"],
    ["a\n\n \n\t\n\n\nb", "a\n\n\n\nb"],
    ["a\tb  c", "a\tb  c"],
    ["\u{1f469}\u200d\u{1f4bb}", "\u{1f469}\u200d\u{1f4bb}"],
    ["<b>&amp;", "<b>&amp;"],
    ["\u200b \u2060\u3164\u00ad", ""],
    ["\u202a\u202c", ""],
  ])("%j is kept as %j", (given, kept) => {
    expect(read(given).text).toBe(kept);
  });

  test("may have 5,000 code points, however many units they take", () => {
    expect(read("\u{1f600}".repeat(5_000)).text).toHaveLength(10_000);
    expect(refusalOf("\u{1f600}".repeat(5_001))).toBe("text: Expected at most 5000 characters: found 5001");
    expect(read(` ${"a".repeat(5_000)} `).text).toHaveLength(5_000);
  });

  test.each([
    ["a\u0000", "U+0000"],
    ["\u0007a", "U+0007"],
    ["a\u001b[2J", "U+001B"],
    ["a\u007f", "U+007F"],
    ["a\u0085b", "U+0085"],
    ["a\ud800", "surrogate"],
    ["\u202eabc", "direction"],
    ["a\u2067b", "direction"],
    ["a\u202c", "direction"],
    ["\u2066a\u202c", "direction"],
    ["\u202aa\u2066b\u202cc\u2069", "direction"],
    ["\u2067a\nb\u2069", "direction"],
  ])("%j is refused", (given, why) => {
    expect(refusalOf(given)).toContain(why);
  });

  test.each(["\u2067\u202ba\u202cb\u2069", "a\u2068b\u2069\n\u202dc\u202c", "\u200fa\u200e\u061c"])(
    "%j closes what it opens",
    (given) => {
      expect(read(given).text).toBe(given);
    },
  );
});

describe("links", () => {
  test.each([
    ["see https://a.example/b?c=d#e.", [["https://a.example/b?c=d#e", "https://a.example/b?c=d#e"]]],
    ["(http://a.example/x_(y))!", [["http://a.example/x_(y)", "http://a.example/x_(y)"]]],
    ["\u{1f600} HTTPS://A.example", [["HTTPS://A.example", "https://a.example/"]]],
    [
      "\u201chttps://b\u00fccher.example\u201d",
      [["https://b\u00fccher.example", "https://xn--bcher-kva.example/"]],
    ],
    ["<https://a.example>", [["https://a.example", "https://a.example/"]]],
    [
      "https://a.example, https://b.example",
      [
        ["https://a.example", "https://a.example/"],
        ["https://b.example", "https://b.example/"],
      ],
    ],
    ["javascript:alert(1) ftp://a.example data:text/html,x", []],
    ["https://bank.example@evil.example/", []],
    ["http:// https://[ xhttps://a.example", []],
    [`https://a.example/${"x".repeat(2_100)}`, []],
    ["https://a.example/\u200b/\u202db\u202c", [["https://a.example/", "https://a.example/"]]],
  ])("of %j", (text, links) => {
    expect(linksOf(text)).toEqual(links);
  });

  test("are found in a moment in a text made against it", () => {
    const started = performance.now();
    for (const tail of [")", "](", ".", "http://", "https://a@", " \n"]) {
      const text = `http://a.example/${tail.repeat(Math.floor(4_900 / tail.length))}`;
      expect(read(text).text.length).toBeGreaterThan(0);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("mentions", () => {
  const mention = (from: number, to: number, userId = "u") => ({ from, to, userId });

  test("keep their place in the tidied text", () => {
    const given = " \n e\u0301\r\n\n\n\n\n\n @Jose\u0301, https://a.example/@Ada";
    const [first, second] = [given.indexOf("@Jose"), given.indexOf("@Ada")];
    const { text, entities, mentioned } = read(given, [
      mention(second, second + 4, "ada"),
      mention(first, first + 6, "jose"),
    ]);
    const parts = entities.map(({ kind, from, to }) => [kind, text.slice(from, to)]);
    expect(parts).toEqual([
      ["mention", "@Jos\u00e9"],
      ["link", "https://a.example/"],
      ["mention", "@Ada"],
    ]);
    expect(mentioned).toEqual([
      { userId: "ada", names: ["Ada", "Ada"] },
      { userId: "jose", names: ["Jos\u00e9", "Jose\u0301"] },
    ]);
  });

  test.each([
    ["@Ada", mention(1, 4)],
    ["@Ada", mention(0, 1)],
    ["@Ada", mention(0, 5)],
    ["@Ada", mention(4, 4)],
    ["@Ada ", mention(0, 5)],
    ["@A\nb", mention(0, 4)],
    ["@e\u0301", mention(0, 2)],
  ])("of %j at %j are refused", (text, given) => {
    expect(refusalOf(text, [given])).toMatch(/^mentions\.0: Expected `from` and `to`/);
  });

  test("do not overlap", () => {
    expect(refusalOf("@Ada @Bob", [mention(5, 9), mention(0, 9)])).toMatch(/^mentions\.0: .* overlap/);
  });
});

describe("of any text", () => {
  const PIECES = [
    "a",
    "\u00e9",
    "e\u0301",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u2066",
    "\u2069",
    "\u202b",
    "\u202c",
    "@Ada",
    "\u0301",
    "\u{1f600}",
    "\u200d",
    "https://a.example/",
    "(",
    ")",
    ".",
    "\u0000",
    "\ud83d",
    "\u2028",
    "\ufeff",
    "\u3164",
  ];
  const random = mulberry32(20_261_123);
  const texts = Array.from({ length: 3_000 }, () =>
    Array.from(
      { length: 1 + Math.floor(random() * 14) },
      () => PIECES[Math.floor(random() * PIECES.length)],
    ).join(""),
  );
  const taken = texts.flatMap((given) => {
    const mentions = Array.from(given.matchAll(/@Ada(?!\u0301)/g), ({ index }) => mention(index));
    try {
      return [{ given, read: read(given, mentions), mentions }];
    } catch (error) {
      expect(error).toMatchObject({ code: "invalid_input" });
      return [];
    }
  });
  function mention(from: number): GivenMention {
    return { from, to: from + 4, userId: "ada" };
  }

  test("what is kept is kept as it is when it is sent again", () => {
    expect(taken.length).toBeGreaterThan(500);
    for (const {
      read: { text },
    } of taken)
      expect(read(text).text).toBe(text);
  });

  test("what is kept is in NFC, without control characters and without blank lines by the dozen", () => {
    for (const {
      read: { text },
    } of taken) {
      expect(text).toBe(text.normalize("NFC").trim());
      expect(text).not.toMatch(/[^\P{Cc}\n\t]|\n{5}/u);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  test("each mention is kept, and each entity stands where it says", () => {
    for (const {
      read: { text, entities },
      mentions,
    } of taken) {
      expect(entities.filter(({ kind }) => kind === "mention")).toHaveLength(mentions.length);
      let end = 0;
      for (const entity of entities) {
        const part = text.slice(entity.from, entity.to);
        expect(entity.from).toBeGreaterThanOrEqual(end);
        if (entity.kind === "mention") expect(part).toBe("@Ada");
        else expect(new URL(part).href).toBe(entity.url);
        end = entity.to;
      }
    }
  });
});
