import { dark, light } from "../color.ts";
import { cast, circle, ellipse, gleam, line, mirrored, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const backpack: Drawer = (s) => {
  const c = s.main;
  const rolled = s.form(2) === 1;
  return (
    shadow(s, 400, 642, 240) +
    line("M352 160Q352 104 400 104T448 160", dark(c, 0.25), 16) +
    mirrored(path("M236 300Q190 320 196 560L236 600Z", s.tilt(dark(c, 0.2)))) +
    path("M224 300Q224 150 400 150T576 300V590Q576 638 530 640H270Q224 638 224 590Z", s.across(c)) +
    (rolled
      ? path("M214 190H586Q600 250 586 286H214Q200 250 214 190Z", s.down(dark(c, 0.08))) +
        mirrored(rect(290, 180, 22, 250, 4, s.accent) + rect(280, 380, 42, 34, 6, s.ball("#c9b07a")))
      : seam("M260 330Q260 196 400 192T540 330", 4, 0.3) +
        line("M262 330Q262 198 400 194", s.accent, 3, ' stroke-dasharray="6 6"') +
        rect(386, 226, 28, 74, 8, s.accent)) +
    path("M256 430Q400 410 544 430V590Q540 618 510 620H290Q260 618 256 590Z", s.down(light(c, 0.06))) +
    seam("M256 470Q400 452 544 470", 4, 0.3) +
    rect(470, 462, 12, 40, 5, s.accent) +
    rect(350, 540, 100, 40, 6, s.accent) +
    gleam("M248 320Q250 220 320 186Q276 240 272 320V420H250Z", 0.18)
  );
};

export const handbag: Drawer = (s) => {
  const c = s.main;
  if (s.form(2) === 0) {
    return (
      shadow(s, 400, 640, 280) +
      line("M290 330C290 120 510 120 510 330", dark(c, 0.2), 19) +
      path("M168 320H632L664 600Q664 636 624 638H176Q136 636 136 600Z", s.down(c)) +
      line("M306 350C306 180 494 180 494 350", s.accent, 19) +
      circle(306, 352, 13, s.ball("#cdb47c")) +
      circle(494, 352, 13, s.ball("#cdb47c")) +
      seam("M180 340H620M152 600H648", 3, 0.25) +
      gleam("M188 344H220L190 600H164Z", 0.16) +
      rect(364, 470, 72, 44, 6, s.accent)
    );
  }
  return (
    shadow(s, 400, 640, 260) +
    line("M190 400C170 60 630 60 610 400", s.accent, 13) +
    path("M180 360H620Q648 500 630 610Q622 638 590 640H210Q178 638 170 610Q152 500 180 360Z", s.down(c)) +
    path(
      "M172 350Q400 320 628 350Q640 470 560 506Q400 550 240 506Q160 470 172 350Z",
      s.down(light(c, 0.06)),
    ) +
    seam("M190 366Q190 462 260 494Q400 530 540 494Q610 462 610 366", 3, 0.2) +
    rect(370, 486, 60, 60, 10, s.tilt("#d5ba78")) +
    circle(400, 516, 9, dark("#c9a95f", 0.4)) +
    gleam("M206 366Q300 344 400 344Q280 370 220 440Z", 0.2)
  );
};

export const suitcase: Drawer = (s) =>
  shadow(s, 400, 676, 220) +
  line("M346 200V110H454V200", "#9aa0a6", 13) +
  rect(340, 98, 120, 26, 12, s.down("#3a3b42")) +
  [290, 510].map((x) => circle(x, 664, 16, "#2f3036")).join("") +
  rect(240, 190, 320, 462, 40, s.across(s.main)) +
  seam("M300 204V640M350 196V648M400 194V650M450 196V648M500 204V640", 7, 0.12) +
  line("M240 420H560", dark(s.main, 0.35), 5) +
  rect(540, 380, 26, 84, 10, s.accent) +
  mirrored(
    path("M240 250V230Q240 190 280 190H300Z", s.accent) + path("M240 596V612Q240 652 280 652H300Z", s.accent),
  ) +
  gleam("M262 260H280V600H262Z", 0.25);

export const sunglasses: Drawer = (s) => {
  const round = s.form(2) === 1;
  const lens = round
    ? "M150 400A116 116 0 1 1 382 400A116 116 0 1 1 150 400Z"
    : "M140 330Q260 306 380 334Q390 440 330 484Q250 520 180 470Q136 420 140 330Z";
  const frame =
    path(lens, s.fade(dark(s.accent, 0.35), light(s.accent, 0.25))) +
    path(lens, "none", ` stroke="${s.main}" stroke-width="20"`) +
    gleam("M190 360L260 350L216 470L184 440Z", 0.28);
  return (
    path("M130 520Q400 600 680 520L660 560Q400 640 150 560Z", "#2a2233", ' opacity=".1"') +
    mirrored(line("M146 350L96 330Q76 270 120 240", dark(s.main, 0.2), 15) + frame) +
    line(round ? "M380 384Q400 366 420 384" : "M378 356Q400 336 422 356", s.main, 20) +
    mirrored(circle(round ? 168 : 152, 346, 6, "#e6d3a2"))
  );
};

export const watch: Drawer = (s) => {
  const strap = "M336 260L346 50H454L464 260V540L454 750H346L336 540Z";
  const ticks = Array.from(
    { length: 12 },
    (_, i) =>
      `<rect x="397" y="262" width="6" height="${i % 3 ? 14 : 26}" rx="2" transform="rotate(${i * 30} 400 400)"/>`,
  ).join("");
  const face = s.form(2) === 0 ? "#f8f4ec" : "#2a2f3a";
  const ink = s.form(2) === 0 ? "#33323a" : "#f0e7d4";
  const hand = (turn: number, length: number, width: number, color: string) =>
    `<rect x="${400 - width / 2}" y="${400 - length}" width="${width}" height="${length + 22}" rx="${width / 2}" fill="${color}" transform="rotate(${turn} 400 400)"/>`;
  return (
    cast(strap) +
    path(strap, s.across(s.main)) +
    line(
      "M356 60L346 240M444 60L454 240M356 740L346 560M444 740L454 560",
      light(s.main, 0.35),
      3,
      ' stroke-dasharray="8 7"',
    ) +
    ellipse(400, 120, 5, 8, dark(s.main, 0.5)) +
    rect(556, 384, 28, 32, 6, s.across(s.accent)) +
    circle(400, 400, 168, s.tilt(s.accent)) +
    circle(400, 400, 150, dark(s.accent, 0.3)) +
    circle(400, 400, 146, s.ball(face)) +
    `<g fill="${ink}">${ticks}</g>` +
    circle(400, 466, 32, "none", ` stroke="${ink}" stroke-opacity=".35" stroke-width="3"`) +
    hand(305, 78, 11, ink) +
    hand(s.between(40, 80), 112, 8, ink) +
    hand(170, 120, 3, "#c9563f") +
    circle(400, 400, 9, s.accent) +
    gleam("M290 330Q330 266 400 256Q330 300 300 380Z", 0.18)
  );
};
