import { mix } from "./color.ts";
import { KINDS, LYING } from "./kinds.ts";
import { STUDIO } from "./palette.ts";
import { createSketch } from "./sketch.ts";
import { parseVariant } from "./variant.ts";

/** Two decimals are finer than a screen shows, and keep a picture within a few kilobytes. */
function rounded(svg: string): string {
  const short = svg.replace(/\d+\.\d{2,}(e-\d+)?/g, (value) =>
    String(Number(Number(value).toFixed(Number(value) < 2 ? 2 : 1))),
  );
  return short.replace(/\b0\.(\d)/g, ".$1");
}

/**
 * The picture of a product as a complete SVG document of 800 by 800 units, without script or reference to anything outside.
 * The same kind and variant give the same bytes. Null where the kind is unknown or the variant malformed (see `parseVariant`).
 */
export function drawPicture(kind: string, variant: string): string | null {
  const parsed = parseVariant(variant);
  const drawer = KINDS.get(kind);
  if (!parsed || !drawer) return null;
  const sketch = createSketch(parsed);
  const wall = mix(sketch.pick(STUDIO), parsed.main, 0.07);
  const studio = sketch.fade(mix(wall, "#ffffff", 0.45), wall);
  const floor = sketch.fade(mix(wall, "#8a7a70", 0.12), mix(wall, "#ffffff", 0.25));
  const ground = LYING.has(kind) ? "" : `<path d="M0 600H800V800H0Z" fill="${floor}"/>`;
  const light = sketch.glow("#ffffff", 0.75);
  const body = drawer(sketch);
  return rounded(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="30 34 740 740" width="800" height="800" stroke-linecap="round" stroke-linejoin="round"><defs>${sketch.defs()}</defs>` +
      `<path d="M0 0H800V800H0Z" fill="${studio}"/>${ground}<ellipse cx="360" cy="330" rx="420" ry="380" fill="${light}"/>${body}</svg>`,
  );
}
