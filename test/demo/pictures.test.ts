import { expect, test } from "vitest";
import { drawPicture } from "../../src/web/pictures/draw.ts";
import { KINDS } from "../../src/web/pictures/kinds.ts";
import { PALETTE } from "../../src/web/pictures/palette.ts";

const COLORS = [...PALETTE.keys()];

function variants(): string[] {
  return Array.from({ length: 60 }, (_, i) => {
    const main = COLORS[(i * 7) % COLORS.length];
    const accent = COLORS[(i * 11 + 3) % COLORS.length];
    return `${main}-${accent}-${i % 10}-${(i * 677) % 10_000}`;
  });
}

test.each([...KINDS.keys()])("%s: every variant is a small, self-contained SVG", (kind) => {
  for (const variant of variants()) {
    const svg = drawPicture(kind, variant) ?? "";
    expect(svg.startsWith("<svg ") && svg.endsWith("</svg>")).toBe(true);
    expect(svg.length, variant).toBeLessThan(4_096);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<script|<image|<foreignObject|href|style=|\son\w+=/i);
    for (const [, id] of svg.matchAll(/url\(#(\w+)\)/g)) expect(svg).toContain(` id="${id}"`);
    const opened = svg.match(/<g[ >]/g)?.length ?? 0;
    expect(svg.match(/<\/g>/g)?.length ?? 0).toBe(opened);
  }
});

test("there are at least forty kinds", () => {
  expect(KINDS.size).toBeGreaterThanOrEqual(40);
});

test("the same address draws the same bytes, and another seed, form or colour draws others", () => {
  const at = (variant: string) => drawPicture("vase", variant);
  expect(at("sage-brass-1-4711")).toBe(at("sage-brass-1-4711"));
  const drawn = [
    "sage-brass-1-4711",
    "sage-brass-1-4712",
    "sage-brass-2-4711",
    "navy-brass-1-4711",
    "sage-red-1-4711",
  ].map(at);
  expect(new Set(drawn).size).toBe(drawn.length);
});

test.each([
  "",
  "sage",
  "sage-brass-1",
  "sage-brass-1-",
  "sage-brass-10-5",
  "sage-brass-1-10000",
  "sage-brass-1-007",
  "sage-brass-1--5",
  "Sage-brass-1-5",
  "nosuch-brass-1-5",
  "sage-constructor-1-5",
  "__proto__-brass-1-5",
  'sage-brass-1-5"><script>',
  "sage-brass-1-5\n",
  " sage-brass-1-5",
  "sage-brass-1-٣",
  `sage-brass-1-${"9".repeat(10_000)}`,
])("refuses the variant %j", (variant) => {
  expect(drawPicture("vase", variant)).toBeNull();
});

test.each(["", "no-such-thing", "__proto__", "constructor", "VASE", "vase/../vase"])(
  "does not know the kind %j",
  (kind) => {
    expect(drawPicture(kind, "sage-brass-1-5")).toBeNull();
  },
);
