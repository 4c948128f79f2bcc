import { dark, light, lightness } from "./color.ts";
import { mulberry32 } from "../../domain/random.ts";
import type { Variant } from "./variant.ts";

type Stop = readonly [offset: number, color: string, opacity?: number];

/** What a drawer works with: the colours asked for, seeded choices, and paints that give a flat shape volume. */
export interface Sketch {
  readonly main: string;
  readonly accent: string;
  form(count: number): number;
  between(low: number, high: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  chance(share: number): boolean;
  /** An upright cylinder, lit from the left. */
  across(color: string): string;
  /** A surface that darkens towards the floor. */
  down(color: string): string;
  /** A ball or any rounded body. */
  ball(color: string): string;
  /** A smooth surface seen at an angle, with a soft sheen. */
  tilt(color: string): string;
  /** From one colour above to another below. */
  fade(top: string, bottom: string): string;
  /** A light that dies away from the middle. */
  glow(color: string, opacity: number): string;
  /** Limits `content` to the shape of the path `d`. */
  clip(d: string, content: string): string;
  defs(): string;
}

export type Drawer = (s: Sketch) => string;

function stops(list: readonly Stop[]): string {
  return list
    .map(
      ([at, color, alpha]) =>
        `<stop offset="${at}" stop-color="${color}"${alpha === undefined ? "" : ` stop-opacity="${alpha}"`}/>`,
    )
    .join("");
}

/** Dark colours take a stronger highlight, pale ones a stronger shade, so that both keep their volume. */
function contrast(color: string): { up: number; shade: number } {
  const value = lightness(color);
  return { up: 0.34 - 0.16 * value, shade: 0.24 + 0.06 * (1 - value) };
}

function acrossStops(color: string): Stop[] {
  const { up, shade } = contrast(color);
  const edge = dark(color, shade);
  return [
    [0, dark(color, shade * 0.8)],
    [0.22, light(color, up)],
    [0.5, color],
    [0.86, edge],
    [1, dark(color, shade * 0.75)],
  ];
}

interface Paints {
  /** Definitions by what they say, so that equal ones are written once. */
  made: Map<string, { id: string; element: string }>;
  refer(tag: string, place: string, content: string): string;
}

function createPaints(): Paints {
  const made: Paints["made"] = new Map();
  const refer = (tag: string, place: string, content: string): string => {
    const key = `${tag}${place}>${content}`;
    const id = made.get(key)?.id ?? `g${made.size}`;
    made.set(key, { id, element: `<${tag} id="${id}"${place}>${content}</${tag}>` });
    return `url(#${id})`;
  };
  return { made, refer };
}

export function createSketch(variant: Variant): Sketch {
  const random = mulberry32(variant.seed * 7919 + 17);
  const { made, refer } = createPaints();
  const linear = (place: string, list: readonly Stop[]) => refer("linearGradient", place, stops(list));
  const radial = (place: string, list: readonly Stop[]) => refer("radialGradient", place, stops(list));
  return {
    main: variant.main,
    accent: variant.accent,
    form: (count) => variant.form % count,
    between: (low, high) => low + (high - low) * random(),
    pick: (items) => items[Math.floor(random() * items.length)],
    chance: (share) => random() < share,
    across: (color) => linear("", acrossStops(color)),
    down: (color) => {
      const { up, shade } = contrast(color);
      return linear(' x2="0" y2="1"', [
        [0, light(color, up * 0.7)],
        [0.45, color],
        [1, dark(color, shade * 0.8)],
      ]);
    },
    ball: (color) => {
      const { up, shade } = contrast(color);
      return radial(' cx=".38" cy=".3" r=".75"', [
        [0, light(color, up * 1.4)],
        [0.45, color],
        [1, dark(color, shade * 1.3)],
      ]);
    },
    tilt: (color) => {
      const { up, shade } = contrast(color);
      return linear(' x2="1" y2="1"', [
        [0, light(color, up * 0.9)],
        [0.5, color],
        [1, dark(color, shade * 0.7)],
      ]);
    },
    fade: (top, bottom) =>
      linear(' x2="0" y2="1"', [
        [0, top],
        [1, bottom],
      ]),
    glow: (color, opacity) =>
      radial("", [
        [0, color, opacity],
        [0.55, color, opacity * 0.35],
        [1, color, 0],
      ]),
    clip: (d, content) => `<g clip-path="${refer("clipPath", "", `<path d="${d}"/>`)}">${content}</g>`,
    defs: () => [...made.values()].map(({ element }) => element).join(""),
  };
}
