import { dark, light, mix } from "../color.ts";
import {
  circle,
  cylinder,
  ellipse,
  frustum,
  gleam,
  line,
  opening,
  path,
  rect,
  seam,
  shadow,
  turned,
} from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

const flame = (x: number, y: number) =>
  path(
    `M${x} ${y}C${x - 26} ${y - 30} ${x - 6} ${y - 48} ${x + 2} ${y - 78}C${x + 14} ${y - 48} ${x + 28} ${y - 26} ${x} ${y}Z`,
    "#ffb547",
  ) +
  path(
    `M${x} ${y - 2}C${x - 12} ${y - 18} ${x - 2} ${y - 30} ${x + 1} ${y - 44}C${x + 8} ${y - 28} ${x + 13} ${y - 16} ${x} ${y - 2}Z`,
    "#fff0b8",
  );

export const candle: Drawer = (s) => {
  const halo = circle(400, 300, 230, s.glow("#ffd98a", 0.7));
  if (s.form(2) === 0) {
    return (
      shadow(s, 400, 640, 190) +
      halo +
      frustum(400, 350, 136, 628, 128, 0.14, s.across(s.main)) +
      ellipse(400, 350, 136, 20, light(s.main, 0.4)) +
      ellipse(400, 352, 126, 16, "#f8efdd") +
      line("M400 350V326", "#453a38", 5) +
      flame(400, 334) +
      rect(312, 440, 176, 120, 6, "#faf6ee") +
      rect(344, 468, 112, 8, 4, dark(s.main, 0.45)) +
      rect(364, 490, 72, 5, 2, dark(s.main, 0.2)) +
      rect(354, 530, 92, 4, 2, s.accent) +
      gleam("M284 372Q278 500 292 610L304 614Q292 500 298 374Z", 0.3)
    );
  }
  const pillar = (x: number, top: number, r: number, color: string) =>
    cylinder(s, x, top, 628, r, 0.16, color) + line(`M${x} ${top}v-24`, "#453a38", 5) + flame(x, top - 14);
  return (
    shadow(s, 400, 636, 250) +
    halo +
    pillar(500, 390, 66, light(s.main, 0.2)) +
    pillar(290, 470, 62, s.accent) +
    pillar(388, 320, 76, s.main)
  );
};

/** Two petals that face each other across the middle of a bloom. */
function petals(x: number, y: number, size: number, degrees: number): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${size * 0.42}" ry="${size * 1.5}" transform="rotate(${degrees} ${x} ${y})"/>`;
}

export const vase: Drawer = (s) => {
  const shapes = [
    "M356 300Q362 360 316 410Q262 470 286 560Q300 632 400 634Q500 632 514 560Q538 470 484 410Q438 360 444 300Z",
    "M330 300Q300 470 318 600Q326 634 400 634T482 600Q500 470 470 300Z",
    "M366 300V420Q366 440 330 458Q262 490 270 560Q280 634 400 634T530 560Q538 490 470 458Q434 440 434 300Z",
  ] as const;
  const form = s.form(3);
  const r = [44, 70, 34][form];
  const body = shapes[form];
  const stem = (dx: number, dy: number, bend: number) =>
    line(`M400 306Q${400 + bend} 240 ${400 + dx} ${dy}`, "#7d9468", 5);
  const bloom = (dx: number, dy: number, size: number) =>
    `<g fill="${light(s.accent, 0.25)}">${[0, 60, 120].map((a) => petals(400 + dx, dy, size, a)).join("")}</g>` +
    circle(400 + dx, dy, size * 0.42, "#e9b949");
  return (
    shadow(s, 400, 640, 180) +
    stem(-92, 152, -10) +
    stem(10, 110, 0) +
    stem(96, 172, 10) +
    bloom(-92, 150, 42) +
    bloom(10, 108, 48) +
    bloom(98, 172, 38) +
    path(body, s.across(s.main)) +
    s.clip(
      body,
      s.chance(0.5)
        ? rect(250, 500, 300, 60, 0, s.accent, ' opacity=".75"')
        : seam("M250 470H550M250 490H550M250 510H550", 4, 0.1),
    ) +
    opening(s, 400, 301, r, 0.2, s.main, 7) +
    stem(-20, 240, -6) +
    stem(22, 240, 6) +
    gleam("M330 450Q300 500 312 570Q322 520 346 470Z", 0.25)
  );
};

export const wallClock: Drawer = (s) => {
  const face = mix(s.main, "#fffdf8", 0.9);
  const hour = s.between(290, 330);
  const ticks = Array.from({ length: 12 }, (_, i) =>
    turned(i * 30, 400, 390, rect(396, 196, 8, i % 3 ? 18 : 34, 3, "#37343c")),
  ).join("");
  return (
    circle(412, 414, 238, s.glow("#2a2233", 0.6)) +
    circle(400, 390, 226, s.tilt(s.main)) +
    circle(400, 390, 202, dark(s.main, 0.3)) +
    circle(400, 392, 199, s.fade(dark(face, 0.06), face)) +
    ticks +
    turned(hour, 400, 390, rect(393, 276, 14, 130, 6, "#2f2c34")) +
    turned(s.between(40, 70), 400, 390, rect(395, 228, 10, 182, 5, "#2f2c34")) +
    turned(150, 400, 390, rect(398, 220, 4, 210, 2, s.accent)) +
    circle(400, 390, 12, s.accent)
  );
};
