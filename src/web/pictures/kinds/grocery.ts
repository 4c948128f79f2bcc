import { dark, light } from "../color.ts";
import {
  circle,
  cylinder,
  ellipse,
  frustum,
  gleam,
  line,
  path,
  rect,
  seam,
  shadow,
  turned,
} from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

function sprig(x: number, y: number, color: string): string {
  return (
    line(`M${x} ${y + 40}V${y - 40}`, color, 5) +
    [-30, 0, 30]
      .map(
        (d) =>
          `<path d="M${x} ${y + d + 14}q-34-4-38-34q34 2 38 34zM${x} ${y + d + 14}q34-4 38-34q-34 2-38 34z" fill="${color}"/>`,
      )
      .join("")
  );
}

function wording(x: number, y: number, w: number, color: string): string {
  return (
    rect(x - w / 2, y, w, 16, 4, color) + rect(x - w * 0.32, y + 30, w * 0.64, 9, 3, color, ' opacity=".7"')
  );
}

export const teaTin: Drawer = (s) => {
  const ink = light(s.accent, 0.5);
  return (
    shadow(s, 400, 640, 220) +
    frustum(400, 290, 160, 624, 160, 0.12, s.across(s.main)) +
    cylinder(s, 400, 220, 296, 166, 0.12, s.accent) +
    ellipse(400, 214, 60, 9, dark(s.accent, 0.12)) +
    path("M240 370Q400 410 560 370V560Q400 600 240 560Z", "#f6f0e2") +
    sprig(400, 450, dark(s.main, 0.08)) +
    wording(400, 520, 130, dark(s.main, 0.35)) +
    line("M240 352Q400 392 560 352M240 580Q400 620 560 580", ink, 4) +
    gleam("M262 310H284V606L264 600Z", 0.28)
  );
};

export const coffeeBag: Drawer = (s) => {
  const bag = "M250 170H550L580 260V610Q580 636 554 636H246Q220 636 220 610V260Z";
  return (
    shadow(s, 400, 640, 230) +
    path(bag, s.across(s.main)) +
    path("M250 170H550L580 260H220Z", s.down(light(s.main, 0.1))) +
    rect(244, 156, 312, 26, 5, s.down(dark(s.main, 0.14))) +
    path("M220 262H262L246 636Q220 634 220 610Z", "#1b1728", ' opacity=".14"') +
    path("M580 262H540L556 636Q580 634 580 610Z", "#1b1728", ' opacity=".18"') +
    circle(400, 222, 13, dark(s.main, 0.3)) +
    rect(286, 320, 228, 250, 6, "#f7f1e4") +
    turned(
      24,
      400,
      400,
      ellipse(400, 400, 42, 56, s.ball("#6b452f")) + line("M400 346Q380 400 400 454", "#3f281c", 6),
    ) +
    wording(400, 488, 150, dark(s.main, 0.4)) +
    rect(286, 552, 228, 18, 0, s.accent)
  );
};

export const chocolateBar: Drawer = (s) => {
  const squares = Array.from({ length: 8 }, (_, i) =>
    rect(276 + (i % 4) * 63, 116 + Math.floor(i / 4) * 78, 56, 70, 6, s.tilt("#6a4230")),
  ).join("");
  return (
    `<g opacity=".1" transform="translate(18 22)">${rect(260, 110, 280, 580, 10, "#2a2233")}</g>` +
    rect(268, 108, 264, 220, 6, "#54321f") +
    squares +
    path(
      "M256 250L290 226L322 252L356 224L390 254L424 228L458 252L492 226L544 250V700H256Z",
      s.fade("#e9edf0", "#b9c0c6"),
    ) +
    path("M250 300H550V690Q550 700 540 700H260Q250 700 250 690Z", s.tilt(s.main)) +
    rect(250, 330, 300, 12, 0, s.accent) +
    rect(250, 652, 300, 12, 0, s.accent) +
    circle(400, 460, 72, light(s.accent, 0.45)) +
    sprig(400, 456, dark(s.main, 0.2)) +
    wording(400, 570, 190, light(s.accent, 0.6)) +
    gleam("M266 300H296V700H266Z", 0.16)
  );
};

export const oilBottle: Drawer = (s) => {
  const glass =
    "M372 190H428V290Q430 330 470 356Q500 380 500 420V600Q498 638 460 638H340Q302 638 300 600V420Q300 380 330 356Q370 330 372 290Z";
  return (
    shadow(s, 400, 640, 160) +
    rect(370, 120, 60, 78, 8, s.across(s.accent)) +
    path(glass, s.across(s.main)) +
    rect(314, 430, 172, 160, 6, "#f7f1e2") +
    sprig(400, 488, "#7d8a4e") +
    wording(400, 548, 112, "#54503a") +
    rect(372, 196, 56, 14, 2, dark(s.main, 0.3)) +
    gleam("M316 430Q318 390 346 372Q334 400 334 440V610H324Q316 604 316 590Z", 0.35)
  );
};

export const honeyJar: Drawer = (s) => {
  const jar = "M262 360Q262 320 300 310H500Q538 320 538 360V590Q536 636 490 636H310Q264 636 262 590Z";
  return (
    shadow(s, 400, 640, 220) +
    path(jar, s.across(s.main)) +
    s.clip(jar, ellipse(400, 330, 130, 22, light(s.main, 0.4), ' opacity=".8"')) +
    cylinder(s, 400, 246, 310, 122, 0.12, s.accent) +
    path("M310 410H490L520 490L490 570H310L280 490Z", "#fbf5e6") +
    [
      [376, 462],
      [424, 462],
      [400, 504],
    ]
      .map(([x, y]) =>
        path(
          `M${x} ${y - 24}l21 12v24l-21 12l-21-12v-24Z`,
          light(s.main, 0.15),
          ` stroke="${s.main}" stroke-width="4"`,
        ),
      )
      .join("") +
    wording(400, 536, 100, dark(s.main, 0.5)) +
    gleam("M280 360Q282 338 300 330V616Q282 606 280 590Z", 0.4)
  );
};

export const snackBox: Drawer = (s) =>
  shadow(s, 400, 640, 230) +
  path("M250 150H560V636H250Z", s.tilt(s.main)) +
  path("M560 150L600 190V610L560 636Z", dark(s.main, 0.3)) +
  path("M250 150H560L600 190H290Z", light(s.main, 0.2)) +
  rect(250, 240, 310, 120, 0, light(s.accent, 0.15)) +
  wording(405, 276, 220, dark(s.main, 0.45)) +
  ellipse(405, 500, 120, 84, "#fbf4e4") +
  [
    [350, 480],
    [410, 470],
    [460, 490],
    [380, 520],
    [440, 524],
    [405, 500],
  ]
    .map(([x, y], i) =>
      i % 2
        ? circle(x, y, 27, s.ball("#d9a45c"))
        : turned(30 * i, x, y, ellipse(x, y, 36, 19, s.ball("#c98d4a"))),
    )
    .join("") +
  gleam("M266 150H300V636H266Z", 0.14) +
  seam("M250 420H560", 2, 0.12);
