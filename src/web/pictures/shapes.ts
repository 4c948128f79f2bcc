import { dark, light } from "./color.ts";
import type { Sketch } from "./sketch.ts";

/** Where things stand, in the 800 by 800 units of a picture. */
export const FLOOR = 640;

export function rect(x: number, y: number, w: number, h: number, r: number, fill: string, more = ""): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}"${r ? ` rx="${r}"` : ""} fill="${fill}"${more}/>`;
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, fill: string, more = ""): string {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"${more}/>`;
}

export function circle(cx: number, cy: number, r: number, fill: string, more = ""): string {
  return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"${more}/>`;
}

export function path(d: string, fill: string, more = ""): string {
  return `<path d="${d}" fill="${fill}"${more}/>`;
}

/** A line; its ends and corners are round, as the whole document says. */
export function line(d: string, color: string, width: number, more = ""): string {
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}"${more}/>`;
}

/** A stitch, a seam or a fold: a faint dark line. */
export function seam(d: string, width = 3, opacity = 0.16): string {
  return line(d, "#1b1728", width, ` opacity="${opacity}"`);
}

/** Light caught by a surface. */
export function gleam(d: string, opacity = 0.3): string {
  return path(d, "#fff", ` opacity="${opacity}"`);
}

export function turned(degrees: number, cx: number, cy: number, content: string): string {
  return `<g transform="rotate(${degrees} ${cx} ${cy})">${content}</g>`;
}

export function moved(x: number, y: number, content: string, scale = 1): string {
  return `<g transform="translate(${x} ${y})${scale === 1 ? "" : ` scale(${scale})`}">${content}</g>`;
}

/** `content` and its mirror image about the upright middle line. */
export function mirrored(content: string, cx = 400): string {
  return `${content}<g transform="matrix(-1 0 0 1 ${cx * 2} 0)">${content}</g>`;
}

/** The soft shadow of a thing that stands on the floor. */
export function shadow(s: Sketch, cx: number, cy: number, rx: number, opacity = 0.42): string {
  return ellipse(cx, cy - 4, rx, rx * 0.12, s.glow("#2a2233", opacity));
}

/** The soft shadow of a thing that lies on or hangs before the wall. */
export function cast(d: string): string {
  const copy = (x: number, y: number) =>
    path(d, "#2a2233", ` opacity=".09" transform="translate(${x} ${y})"`);
  return copy(7, 12) + copy(15, 26);
}

/** The side of an upright round body that widens or narrows; `flat` is how round its rim looks (0 to 0.3). */
export function frustum(
  cx: number,
  top: number,
  rTop: number,
  bottom: number,
  rBottom: number,
  flat: number,
  fill: string,
): string {
  const d =
    `M${cx - rTop} ${top}L${cx - rBottom} ${bottom}A${rBottom} ${rBottom * flat} 0 0 0 ${cx + rBottom} ${bottom}` +
    `L${cx + rTop} ${top}A${rTop} ${rTop * flat} 0 0 1 ${cx - rTop} ${top}Z`;
  return path(d, fill);
}

/** An upright cylinder with its lid. */
export function cylinder(
  s: Sketch,
  cx: number,
  top: number,
  bottom: number,
  r: number,
  flat: number,
  color: string,
): string {
  return (
    frustum(cx, top, r, bottom, r, flat, s.across(color)) +
    ellipse(cx, top, r, r * flat, s.down(light(color, 0.16)))
  );
}

/** The open top of a vessel: rim, inner wall and what is inside. */
export function opening(
  s: Sketch,
  cx: number,
  cy: number,
  r: number,
  flat: number,
  color: string,
  rim = 8,
): string {
  return (
    ellipse(cx, cy, r, r * flat, light(color, 0.3)) +
    ellipse(cx, cy, r - rim, r * flat - rim * 0.55, s.fade(dark(color, 0.5), dark(color, 0.18)))
  );
}
