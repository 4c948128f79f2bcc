import { dark, light } from "../color.ts";
import { circle, cylinder, ellipse, frustum, gleam, line, path, rect, seam, shadow } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const dogBed: Drawer = (s) =>
  shadow(s, 400, 620, 370) +
  ellipse(400, 460, 310, 150, s.ball(dark(s.main, 0.05))) +
  ellipse(400, 470, 218, 86, dark(s.main, 0.35)) +
  ellipse(400, 486, 210, 78, s.ball(light(s.accent, 0.25))) +
  path("M90 460Q92 620 400 626T710 460Q700 556 400 560T90 460Z", s.down(s.main)) +
  path(
    "M90 460C100 560 250 566 400 566S700 560 710 460Q712 512 690 548Q640 626 400 626T110 548Q88 512 90 460Z",
    s.across(s.main),
  ) +
  seam(
    "M180 600Q170 560 190 530M300 620Q292 590 300 564M500 620Q508 590 500 564M620 600Q630 560 610 530",
    4,
    0.16,
  ) +
  line("M360 480q12-16 24 0t24 0", dark(s.accent, 0.12), 5) +
  rect(560, 560, 60, 34, 5, s.accent, ' transform="rotate(-14 590 577)"');

export const catTree: Drawer = (s) => {
  const rope = (x: number, top: number, bottom: number) =>
    rect(x - 21, top, 42, bottom - top, 4, s.across("#d8bd8d")) +
    seam(
      Array.from(
        { length: Math.floor((bottom - top) / 26) },
        (_, i) => `M${x - 20} ${top + 10 + i * 26}l40-5`,
      ).join(""),
      3,
      0.25,
    );
  return (
    shadow(s, 400, 664, 270) +
    cylinder(s, 400, 634, 656, 240, 0.1, s.main) +
    rope(290, 250, 630) +
    rope(500, 420, 630) +
    rect(396, 470, 210, 150, 18, s.tilt(dark(s.main, 0.05))) +
    circle(500, 552, 52, dark(s.main, 0.6)) +
    cylinder(s, 500, 420, 446, 130, 0.14, s.main) +
    cylinder(s, 300, 240, 268, 150, 0.14, s.main) +
    ellipse(300, 240, 126, 15, light(s.accent, 0.2)) +
    line("M420 262V340", "#b9a387", 4) +
    circle(420, 356, 20, s.ball(s.accent)) +
    path("M226 232Q216 150 262 130L268 96L292 120H318L342 96L350 132Q388 160 380 232Z", "#4b4750") +
    circle(290, 150, 6, "#f0d678") +
    circle(322, 150, 6, "#f0d678") +
    line("M380 220Q430 214 424 166", "#4b4750", 14)
  );
};

export const petBowl: Drawer = (s) =>
  shadow(s, 400, 640, 300) +
  frustum(400, 470, 226, 620, 270, 0.14, s.across(s.main)) +
  ellipse(400, 470, 226, 46, light(s.main, 0.28)) +
  ellipse(400, 472, 206, 38, s.fade(dark(s.main, 0.4), dark(s.main, 0.15))) +
  (s.form(2) === 0
    ? ellipse(400, 480, 186, 27, "#8a5a39") +
      [260, 306, 350, 398, 440, 486, 530]
        .map((x, i) => ellipse(x, 464 + (i % 3) * 9, 30, 17, s.ball(i % 2 ? "#a8733f" : "#925f36")))
        .join("")
    : ellipse(400, 482, 190, 27, s.fade("#bfe0ea", "#8fc3d6"))) +
  `<g fill="${s.accent}"><ellipse cx="400" cy="580" rx="24" ry="19"/><circle cx="368" cy="554" r="11"/><circle cx="388" cy="542" r="11"/><circle cx="412" cy="542" r="11"/><circle cx="432" cy="554" r="11"/></g>` +
  gleam("M196 510L176 600L196 606L214 516Z", 0.3);

export const collar: Drawer = (s) =>
  shadow(s, 400, 620, 260) +
  path(
    "M180 390A220 150 0 1 1 620 390A220 150 0 1 1 180 390Z",
    "none",
    ` stroke="${dark(s.main, 0.3)}" stroke-width="34"`,
  ) +
  line("M180 400C190 500 290 550 400 550S610 500 620 400", s.main, 46) +
  line(
    "M188 420C206 500 300 544 400 544S594 500 612 420",
    light(s.accent, 0.2),
    4,
    ' stroke-dasharray="11 9"',
  ) +
  rect(232, 484, 84, 62, 12, "none", ' stroke="#c9b074" stroke-width="11" transform="rotate(26 274 515)"') +
  circle(400, 566, 17, "none", ' stroke="#b7bdc3" stroke-width="8"') +
  circle(400, 634, 54, s.ball(s.accent)) +
  path(
    "M374 622a14 14 0 1 1 14 14h24a14 14 0 1 1 14-14a14 14 0 1 1 0 30a14 14 0 1 1-14 0h-24a14 14 0 1 1-14 0a14 14 0 1 1 0-30Z",
    light(s.accent, 0.55),
    ' opacity=".7"',
  ) +
  line("M500 520l20-10M530 500l18-14", dark(s.main, 0.5), 6);

export const petToy: Drawer = (s) => {
  if (s.form(2) === 0) {
    const strands = [-14, 0, 14]
      .map((d, i) =>
        line(`M230 ${470 + d}Q400 ${430 + d * 1.6} 570 ${470 + d}`, [s.main, s.accent, "#f1ead9"][i], 22),
      )
      .join("");
    const knot = (x: number) =>
      circle(x, 470, 62, s.ball(s.main)) +
      line(`M${x - 50} 440Q${x} 480 ${x + 44} 440M${x - 50} 480Q${x} 520 ${x + 46} 480`, s.accent, 13) +
      line(`M${x} 520l-20 60M${x + 14} 522l4 62M${x - 20} 518l-34 50`, "#f1ead9", 9);
    return shadow(s, 400, 590, 320) + strands + knot(210) + knot(590);
  }
  return (
    shadow(s, 400, 620, 240) +
    path("M400 460Q560 380 640 430Q600 500 640 570Q560 600 400 520Z", s.tilt(s.accent)) +
    path("M150 490Q240 360 400 380Q520 400 560 490Q520 590 400 604Q240 616 150 490Z", s.ball(s.main)) +
    seam("M330 400Q300 490 330 590M390 390Q360 490 392 600M450 400Q424 490 450 590", 5, 0.18) +
    circle(236, 466, 19, "#fff") +
    circle(232, 466, 10, "#33282a") +
    path("M310 500Q360 520 350 560Q300 560 310 500Z", s.accent) +
    gleam("M260 420Q330 390 420 402Q330 410 280 440Z", 0.35)
  );
};
