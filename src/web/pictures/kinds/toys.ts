import { dark, light } from "../color.ts";
import { circle, ellipse, gleam, line, mirrored, path, rect, seam, shadow, turned } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

const BRIGHT = ["#e36b5a", "#f0b840", "#5aa6b8", "#7fb069", "#b58bc6"] as const;

export const toyCar: Drawer = (s) => {
  const wheel = (x: number) =>
    circle(x, 566, 66, s.ball("#3a3a40")) +
    circle(x, 566, 34, s.ball(s.accent)) +
    circle(x, 566, 11, "#f4efe6");
  const truck = s.form(2) === 1;
  const body = truck
    ? "M110 560V330H440V560ZM450 560V380H560L640 460H690V560Z"
    : "M100 560V480Q104 430 170 424L250 410L320 320Q336 300 366 300H500Q530 300 546 322L606 418L670 436Q700 446 700 480V560Z";
  const glass = truck
    ? path("M480 402H552L606 462H480Z", "#cfe6ee")
    : path("M290 414L346 340H416V414ZM436 340H500L548 414H436Z", "#cfe6ee");
  return (
    shadow(s, 400, 632, 340) +
    path(body, s.down(s.main)) +
    glass +
    (truck
      ? rect(150, 370, 250, 110, 10, light(s.main, 0.3), ' opacity=".7"') + circle(275, 425, 36, s.accent)
      : rect(100, 488, 600, 22, 0, s.accent) + seam("M426 330V540", 4, 0.2)) +
    circle(684, 480, 15, "#ffe9a8") +
    rect(92, 540, 618, 28, 12, s.down(dark(s.main, 0.22))) +
    wheel(232) +
    wheel(570)
  );
};

export const blocks: Drawer = (s) => {
  const block = (x: number, y: number, size: number, color: string, mark: string) =>
    rect(x, y, size, size, 14, s.tilt(color)) +
    rect(x + 14, y + 14, size - 28, size - 28, 10, light(color, 0.22)) +
    mark;
  const palette = [s.main, s.accent, BRIGHT[0], BRIGHT[2], BRIGHT[1]];
  return (
    shadow(s, 400, 640, 310) +
    block(140, 480, 160, palette[0], circle(220, 560, 38, palette[0])) +
    block(314, 480, 160, palette[2], path("M394 516L436 600H352Z", palette[2])) +
    block(488, 480, 160, palette[3], rect(534, 526, 68, 68, 8, palette[3])) +
    turned(
      -5,
      300,
      400,
      block(
        228,
        316,
        160,
        palette[4],
        path("M308 352L320 386H356L328 408L338 442L308 420L278 442L288 408L260 386H296Z", palette[4]),
      ),
    ) +
    block(
      410,
      318,
      158,
      palette[1],
      `<circle cx="489" cy="397" r="34" fill="none" stroke="${palette[1]}" stroke-width="17"/>`,
    ) +
    path("M320 312L400 190L480 312Z", s.tilt(BRIGHT[3]))
  );
};

export const teddy: Drawer = (s) => {
  const c = s.main;
  const pale = light(c, 0.4);
  const limb =
    ellipse(262, 470, 54, 96, s.ball(dark(c, 0.05)), ' transform="rotate(26 262 470)"') +
    ellipse(290, 596, 78, 54, s.ball(c)) +
    ellipse(262, 598, 34, 38, pale) +
    circle(296, 176, 54, s.ball(c)) +
    circle(296, 178, 30, pale);
  return (
    shadow(s, 400, 644, 240) +
    ellipse(400, 500, 140, 146, s.ball(c)) +
    ellipse(400, 520, 84, 96, pale) +
    mirrored(limb) +
    circle(400, 270, 146, s.ball(c)) +
    ellipse(400, 318, 68, 54, pale) +
    ellipse(400, 294, 25, 18, "#4a3530") +
    line("M400 310V330Q380 352 362 338M400 330Q420 352 438 338", "#4a3530", 6) +
    mirrored(circle(346, 248, 12, "#33282a") + circle(342, 244, 4, "#fff")) +
    (s.form(2) === 0
      ? path("M400 414L336 388V450ZM400 414L464 388V450Z", s.tilt(s.accent)) +
        circle(400, 416, 17, s.ball(s.accent))
      : path("M286 392Q400 440 514 392L520 424Q400 474 280 424Z", s.down(s.accent)) +
        path("M440 430L480 420L496 540H446Z", s.down(s.accent)))
  );
};

export const gameBox: Drawer = (s) => {
  const c = s.main;
  const art = [
    `<g fill="${s.accent}"><path d="M300 220h80v80h-80zM460 220h80v80h-80zM380 300h80v80h-80zM300 380h80v80h-80zM460 380h80v80h-80z"/></g>`,
    path("M250 470L350 300L420 400L480 320L580 470Z", s.accent) + circle(500, 250, 42, light(s.accent, 0.4)),
    circle(360, 320, 70, s.accent) + circle(470, 380, 90, light(s.accent, 0.3), ' opacity=".85"'),
  ][s.form(3)];
  const die =
    rect(560, 540, 96, 96, 18, s.tilt("#f7f2e8")) +
    [
      [584, 564],
      [632, 564],
      [608, 588],
      [584, 612],
      [632, 612],
    ]
      .map(([x, y]) => circle(x, y, 8, "#3a3a40"))
      .join("");
  return (
    shadow(s, 400, 646, 300) +
    path("M220 150H620L650 176V620L620 600Z", dark(c, 0.3)) +
    rect(200, 150, 420, 490, 10, s.tilt(c)) +
    art +
    rect(270, 520, 280, 34, 6, light(c, 0.75)) +
    rect(310, 570, 200, 15, 5, light(c, 0.5)) +
    gleam("M200 160Q200 150 210 150H400L260 640H210Q200 640 200 630Z", 0.1) +
    die +
    path("M140 636Q140 590 170 576Q140 540 176 520Q212 540 182 576Q212 590 212 636Z", s.across(s.accent))
  );
};

export const toyTrain: Drawer = (s) => {
  const wheel = (x: number, r: number) =>
    circle(x, 630 - r, r, s.ball(dark(s.accent, 0.1))) + circle(x, 630 - r, 13, "#f4ecdc");
  return (
    shadow(s, 400, 636, 350) +
    rect(60, 626, 680, 12, 4, s.down("#b98f5f")) +
    rect(420, 500, 260, 56, 12, s.down(dark(s.main, 0.14))) +
    rect(440, 400, 170, 110, 44, s.down(s.main)) +
    rect(560, 330, 40, 80, 6, s.across(s.accent)) +
    path("M546 320H614L604 346H556Z", s.down(s.accent)) +
    rect(408, 310, 110, 200, 10, s.down(light(s.main, 0.1))) +
    rect(394, 296, 138, 26, 10, s.down(s.accent)) +
    rect(430, 344, 66, 66, 8, "#d7ebf0") +
    path("M668 556L700 606H640Z", BRIGHT[1]) +
    circle(606, 240, 30, "#fff", ' opacity=".8"') +
    circle(640, 200, 22, "#fff", ' opacity=".6"') +
    [180, 266].map((x, i) => circle(x, 452, 46, s.ball(BRIGHT[i * 2 + 1]))).join("") +
    rect(104, 480, 242, 78, 8, BRIGHT[2]) +
    line("M346 566H410", "#55585f", 9) +
    wheel(160, 36) +
    wheel(292, 36) +
    wheel(480, 36) +
    wheel(610, 36)
  );
};
