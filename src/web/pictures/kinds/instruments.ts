import { dark, light } from "../color.ts";
import { circle, cylinder, ellipse, gleam, line, path, rect, seam, shadow, turned } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const guitar: Drawer = (s) => {
  const electric = s.form(3) === 1;
  const scale = s.form(3) === 2 ? 0.78 : 0.92;
  const body = electric
    ? "M330 440Q280 380 250 430Q240 500 290 540Q240 620 300 690Q400 740 500 690Q560 620 510 550Q560 500 560 420Q530 390 480 450Q440 480 400 480T330 440Z"
    : "M400 390C330 390 290 430 296 490C300 530 270 550 262 610C256 690 320 730 400 730S544 690 538 610C530 550 500 530 504 490C510 430 470 390 400 390Z";
  const neck =
    rect(382, 90, 36, 400, 4, s.across("#6b4630")) +
    seam("M382 150H418M382 190H418M382 228H418M382 264H418M382 298H418M382 330H418M382 360H418", 3, 0.5) +
    path("M376 96L366 10Q400-6 434 10L424 96Z", s.tilt(electric ? s.main : "#7d5334")) +
    [28, 54, 80].map((y) => circle(360, y, 9, "#c9ced2") + circle(440, y, 9, "#c9ced2")).join("");
  const top = electric
    ? path("M350 500Q400 520 450 500L470 600Q400 640 360 600Z", s.accent, ' opacity=".9"') +
      [530, 590].map((y) => rect(362, y, 76, 26, 8, "#33343a")).join("") +
      rect(362, 640, 76, 18, 4, "#b7bdc3") +
      circle(486, 620, 11, "#c9ced2") +
      circle(476, 654, 11, "#c9ced2")
    : circle(400, 520, 60, "none", ` stroke="${s.accent}" stroke-width="13"`) +
      circle(400, 520, 52, dark(s.main, 0.72)) +
      rect(340, 640, 120, 22, 6, s.down("#4a3024"));
  const strings = line("M388 60V648M393 40V648M398 60V648M403 60V648M408 40V648M413 60V648", "#f4efe4", 1.3);
  return (
    path(body, "#2a2233", ' opacity=".12" transform="rotate(18 400 400) translate(20 16)"') +
    turned(
      18,
      400,
      400,
      `<g transform="translate(${400 - 400 * scale} ${400 - 400 * scale}) scale(${scale})">${path(body, s.ball(s.main), ` stroke="${dark(s.main, 0.4)}" stroke-width="6"`)}${electric ? neck + top : top + neck}${strings}</g>`,
    )
  );
};

export const musicKeyboard: Drawer = (s) => {
  const whites = path(`M104 440${"h36v136h-36zm40 0".repeat(14)}h36v136h-36z`, s.down("#fbf8f2"));
  const blacks = path(
    [0, 1, 3, 4, 5, 7, 8, 10, 11, 12].map((i) => `M${130 + i * 40} 438h24v84h-24z`).join(""),
    "#2b2b31",
  );
  return (
    shadow(s, 400, 606, 370) +
    rect(80, 320, 640, 276, 18, s.down(s.main)) +
    rect(80, 576, 640, 24, 10, dark(s.main, 0.35)) +
    rect(96, 430, 608, 150, 6, "#1f2025") +
    whites +
    blacks +
    rect(320, 346, 160, 62, 6, "#20232b") +
    line("M336 384Q356 356 376 384T416 384T456 384", s.accent, 4) +
    [130, 180, 230, 280].map((x) => circle(x, 376, 19, s.ball(dark(s.main, 0.4)))).join("") +
    line("M130 376V362M180 376V362M230 376V362M280 376V362", "#f4efe4", 3) +
    [520, 566, 612, 658]
      .map((x, i) => rect(x, 362, 34, 28, 6, i % 2 ? s.accent : light(s.main, 0.35)))
      .join("")
  );
};

export const vinyl: Drawer = (s) => {
  const sleeve = rect(120, 210, 400, 400, 6, s.tilt(s.main));
  const art = [
    circle(320, 400, 110, s.accent) + path("M120 480Q220 420 320 480T520 470V610H120Z", dark(s.main, 0.25)),
    [0, 1, 2, 3, 4]
      .map((i) =>
        rect(
          160 + i * 68,
          300 + ((i * 53) % 130),
          44,
          230 - ((i * 53) % 130),
          0,
          i % 2 ? s.accent : light(s.accent, 0.35),
        ),
      )
      .join(""),
    path("M120 610L320 280L520 610Z", s.accent) + circle(320, 350, 54, light(s.accent, 0.45)),
  ][s.form(3)];
  return (
    shadow(s, 400, 622, 330) +
    circle(520, 410, 190, "#24242a") +
    [176, 160, 144, 128, 112, 96]
      .map((r) => circle(520, 410, r, "none", ' stroke="#4a4b53" stroke-width="1.5"'))
      .join("") +
    path("M520 410L640 262A190 190 0 0 1 690 330Z", "#fff", ' opacity=".12"') +
    circle(520, 410, 62, s.ball(s.accent)) +
    circle(520, 410, 7, "#f2ede3") +
    rect(518, 216, 10, 390, 0, "#1b1728", ' opacity=".25"') +
    sleeve +
    art +
    rect(150, 236, 150, 15, 3, light(s.main, 0.75)) +
    rect(150, 262, 96, 9, 3, light(s.main, 0.6)) +
    gleam("M120 210H300L200 610H120Z", 0.08)
  );
};

export const microphone: Drawer = (s) =>
  shadow(s, 400, 650, 200) +
  cylinder(s, 400, 622, 644, 130, 0.14, dark(s.main, 0.1)) +
  rect(390, 490, 20, 136, 4, s.across("#9aa0a6")) +
  line("M270 300V400Q280 510 400 510T530 400V300", s.main, 17) +
  rect(310, 270, 180, 190, 26, s.across(s.main)) +
  path("M310 270Q306 130 400 130T490 270Z", s.across("#b3b9bf")) +
  seam(
    "M314 220H486M312 246H488M322 194H478M336 168H464M340 150V270M370 136V270M400 132V270M430 136V270M460 150V270",
    2.5,
    0.35,
  ) +
  rect(300, 262, 200, 26, 8, s.across(s.accent)) +
  circle(400, 370, 19, s.ball(s.accent)) +
  rect(392, 410, 16, 30, 8, "#7fd6a0") +
  circle(270, 350, 19, s.ball("#8b9198")) +
  circle(530, 350, 19, s.ball("#8b9198"));

export const turntable: Drawer = (s) =>
  shadow(s, 400, 600, 370) +
  path("M150 330H650L710 520H90Z", s.tilt(s.main)) +
  path("M90 520H710V576Q710 590 690 590H110Q90 590 90 576Z", s.down(dark(s.main, 0.12))) +
  ellipse(350, 426, 214, 82, "#1f2025") +
  ellipse(350, 420, 210, 80, s.ball("#34353c")) +
  [170, 140, 110]
    .map((r) => ellipse(350, 420, r, r * 0.38, "none", ' stroke="#55565f" stroke-width="2"'))
    .join("") +
  ellipse(350, 420, 62, 24, s.accent) +
  ellipse(350, 420, 6, 3, "#f4efe4") +
  ellipse(612, 376, 36, 15, s.ball("#c9ced2")) +
  line("M612 370L590 470L490 476", "#d5d9dd", 9) +
  rect(466, 468, 40, 18, 4, "#33343a") +
  ellipse(646, 490, 19, 8, s.ball(s.accent)) +
  rect(130, 586, 60, 16, 6, "#2f3036") +
  rect(610, 586, 60, 16, 6, "#2f3036");
