import { dark, light } from "../color.ts";
import {
  circle,
  cylinder,
  ellipse,
  frustum,
  gleam,
  line,
  mirrored,
  opening,
  path,
  rect,
  seam,
  shadow,
  turned,
} from "../shapes.ts";
import type { Drawer, Sketch } from "../sketch.ts";

const LEAF = ["#5e8f5f", "#4b7f5c", "#79a35f"] as const;

function leaf(
  s: Sketch,
  x: number,
  y: number,
  length: number,
  width: number,
  degrees: number,
  color: string,
): string {
  const [long, wide] = [Math.round(length), Math.round(width * 0.7)];
  const half = `C${-width} ${-Math.round(long * 0.4)} ${-wide} ${-Math.round(long * 0.85)} 0 ${-long}`;
  const other = `C${wide} ${-Math.round(long * 0.85)} ${width} ${-Math.round(long * 0.4)} 0 0Z`;
  return `<g transform="translate(${x} ${y}) rotate(${degrees})">${path(`M0 0${half}${other}`, s.across(color))}${line(`M0 0V${-Math.round(long * 0.9)}`, light(color, 0.3), 2)}</g>`;
}

function foliage(s: Sketch, form: number): string {
  const fan = [-60, 60, -34, 34, -12, 12];
  if (form === 0)
    return fan.map((a, i) => leaf(s, 400, 440, s.between(230, 300), 54, a, LEAF[i % 3])).join("");
  if (form === 1)
    return [-26, 26, -14, 15, -4, 5]
      .map((a, i) => leaf(s, 400 + a * 2, 450, s.between(260, 350), 30, a * 0.7, LEAF[i % 3]))
      .join("");
  if (form === 2) {
    return (
      line("M400 450V200M400 380Q340 340 310 290M400 340Q460 300 486 250", "#7a5c40", 11) +
      [
        [400, 190],
        [310, 280],
        [486, 244],
        [360, 250],
        [440, 180],
        [350, 200],
        [460, 310],
      ]
        .map(([x, y], i) => circle(x, y, 56, s.ball(LEAF[i % 3])))
        .join("")
    );
  }
  return (
    path("M330 450C300 300 330 210 400 206S500 300 470 450Z", s.across("#6f9a6a")) +
    seam("M360 230Q340 340 356 450M400 210V450M440 230Q460 340 444 450", 5, 0.16) +
    path("M474 380Q540 390 540 320Q540 296 520 300Q506 304 508 330Q506 350 474 346Z", s.tilt("#6f9a6a")) +
    circle(396, 206, 24, s.ball("#e78aa0")) +
    circle(372, 216, 15, s.ball("#f0a7b6"))
  );
}

export const plant: Drawer = (s) => {
  const form = s.form(4);
  const r = Math.round(s.between(120, 136));
  return (
    shadow(s, 400, 640, 190) +
    foliage(s, form) +
    frustum(400, 440, r, 632, r * 0.74, 0.14, s.across(s.main)) +
    rect(400 - r - 8, 430, r * 2 + 16, 40, 10, s.across(light(s.main, 0.06))) +
    seam(`M${400 - r} 476H${400 + r}`, 4, 0.16) +
    (s.chance(0.4)
      ? path(
          `M${400 - r * 0.86} 540H${400 + r * 0.86}L${400 + r * 0.8} 580H${400 - r * 0.8}Z`,
          s.accent,
          ' opacity=".7"',
        )
      : "") +
    ellipse(400, 634, r * 0.92, 12, s.across(dark(s.main, 0.1)))
  );
};

export const planter: Drawer = (s) => {
  const c = s.main;
  if (s.form(2) === 0) {
    return (
      shadow(s, 400, 640, 250) +
      mirrored(path("M250 560L230 640H250L276 560Z", s.across(s.accent))) +
      frustum(400, 300, 180, 590, 130, 0.14, s.across(c)) +
      opening(s, 400, 300, 180, 0.14, c, 12) +
      ellipse(400, 306, 160, 17, "#5b4334") +
      seam("M236 400Q400 440 564 400M250 480Q400 516 550 480", 4, 0.1) +
      gleam("M244 340L276 560H292L264 340Z", 0.2)
    );
  }
  return (
    shadow(s, 400, 636, 340) +
    [-200, -120, -40, 40, 120, 200]
      .map(
        (x, i) =>
          leaf(s, 400 + x, 430, 150, 40, i % 2 ? 14 : -14, LEAF[i % 3]) +
          circle(400 + x, 300 + (i % 3) * 22, 22, s.ball(s.accent)),
      )
      .join("") +
    path("M110 420H690L660 610Q656 634 630 634H170Q144 634 140 610Z", s.down(c)) +
    rect(100, 408, 600, 40, 12, s.down(light(c, 0.08))) +
    seam("M150 500H650M156 560H644", 4, 0.12)
  );
};

export const wateringCan: Drawer = (s) => {
  const c = s.main;
  return (
    shadow(s, 420, 640, 290) +
    line("M560 380Q700 380 690 500Q680 580 570 590", s.accent, 21) +
    line("M340 340Q400 200 540 300", dark(c, 0.12), 19) +
    path("M330 470Q240 440 176 300L206 284Q270 390 340 400Z", s.tilt(dark(c, 0.05))) +
    turned(
      -32,
      180,
      286,
      path("M140 276H220L236 244H124Z", s.across(s.accent)) + ellipse(180, 244, 56, 14, dark(s.accent, 0.25)),
    ) +
    frustum(450, 350, 130, 630, 148, 0.12, s.across(c)) +
    ellipse(450, 350, 130, 17, dark(c, 0.5)) +
    path("M450 333A130 17 0 0 1 580 350A130 17 0 0 1 450 367Z", s.tilt(light(c, 0.1))) +
    seam("M318 400Q450 422 582 400M306 584Q450 612 594 584", 4, 0.15) +
    gleam("M340 410L328 590H350L362 414Z", 0.28)
  );
};

export const gardenTool: Drawer = (s) => {
  const handle = (x: number) =>
    rect(x - 20, 110, 40, 250, 18, s.across(s.main)) +
    rect(x - 20, 330, 40, 24, 4, s.across(s.accent)) +
    circle(x, 134, 7, "#00000055") +
    rect(x - 9, 352, 18, 70, 4, s.across("#aab1b7"));
  const trowel =
    handle(290) +
    path("M236 420H344Q352 560 290 680Q228 560 236 420Z", s.across("#b7bdc3")) +
    line("M290 440V620", "#8b9198", 5);
  const fork =
    handle(510) +
    path(
      "M446 440Q446 420 470 420H550Q574 420 574 440V660L562 690L550 660V470H522V660L510 690L498 660V470H470V660L458 690L446 660Z",
      s.across("#b7bdc3"),
    );
  return (
    `<g opacity=".1" transform="translate(20 24)">${rect(236, 120, 108, 540, 40, "#2a2233") + rect(446, 120, 128, 540, 40, "#2a2233")}</g>` +
    trowel +
    fork
  );
};

export const pruner: Drawer = (s) =>
  path(
    "M250 300L420 420L360 690L330 680Q330 520 250 300Z",
    "#2a2233",
    ' opacity=".08" transform="translate(20 20)"',
  ) +
  turned(
    20,
    400,
    400,
    path("M386 380Q340 250 410 110Q452 210 436 380Z", s.across("#c3c9ce")) +
      path("M430 390Q500 300 470 180Q440 240 400 330Z", s.tilt("#9aa2a9")) +
      path(
        "M376 380H420Q410 520 350 680Q336 706 312 694Q296 684 304 660Q356 520 376 380Z",
        s.across(s.main),
      ) +
      path(
        "M400 380H446Q470 520 506 670Q510 700 486 706Q462 706 456 680Q430 520 400 380Z",
        s.across(dark(s.main, 0.1)),
      ) +
      rect(386, 470, 60, 10, 5, "#8b9198") +
      circle(410, 384, 27, s.ball("#b7bdc3")) +
      circle(410, 384, 11, s.accent),
  );

export const birdFeeder: Drawer = (s) =>
  line("M400 0V170", "#8b6f52", 5) +
  path("M400 150L610 320H190Z", s.down(s.main)) +
  path("M400 150L190 320H230L400 186Z", light(s.main, 0.2)) +
  rect(262, 320, 276, 220, 6, "#dce8ea", ' opacity=".8"') +
  path("M262 400Q400 370 538 400V540H262Z", s.down("#c9a05e")) +
  rect(248, 316, 22, 236, 4, s.across(s.accent)) +
  rect(530, 316, 22, 236, 4, s.across(s.accent)) +
  rect(210, 540, 380, 26, 8, s.down(s.accent)) +
  path(
    "M600 500Q650 490 656 530Q654 566 604 566Q570 566 566 540L540 548Q560 500 600 500Z",
    s.ball("#6f93b5"),
  ) +
  circle(634, 520, 5, "#2b2b31") +
  path("M654 524L678 532L654 540Z", "#e0a244") +
  gleam("M276 326H306V530H276Z", 0.4) +
  cylinder(s, 400, 140, 156, 18, 0.2, s.accent);
