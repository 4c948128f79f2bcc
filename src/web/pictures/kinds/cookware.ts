import { dark, light } from "../color.ts";
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

const STEEL = "#b9bfc5";

export const fryingPan: Drawer = (s) => {
  const wood = s.form(2) === 0;
  const handle =
    path("M560 500L748 452Q768 450 768 470Q768 484 752 488L566 530Z", s.down(wood ? s.accent : "#3b3c42")) +
    circle(744, 470, 7, "#00000055") +
    path("M530 506L596 492V524L540 536Z", STEEL);
  return (
    shadow(s, 345, 622, 290) +
    handle +
    path("M90 500Q108 606 190 616H470Q552 606 570 500Z", s.across(s.main)) +
    ellipse(330, 500, 242, 62, light(s.main, 0.25)) +
    ellipse(330, 501, 232, 57, s.fade("#3a3a40", "#55565d")) +
    ellipse(330, 516, 186, 38, s.fade("#323238", "#46474e")) +
    gleam("M150 486Q230 452 330 452Q240 466 176 504Z", 0.22) +
    (s.chance(0.5) ? ellipse(350, 508, 66, 20, "#fbf7ee") + ellipse(362, 504, 22, 9, "#f2b134") : "")
  );
};

export const saucepan: Drawer = (s) => {
  const deep = s.form(2) === 0;
  const c = s.main;
  const top = deep ? 396 : 440;
  const lid =
    path(
      `M178 ${top}Q190 ${top - 74} 400 ${top - 78}Q610 ${top - 74} 622 ${top}Z`,
      s.across(light(c, 0.05)),
    ) +
    ellipse(400, top - 92, 42, 17, s.ball(s.accent)) +
    rect(388, top - 88, 24, 18, 3, dark(s.accent, 0.2));
  const ears = path(
    `M182 ${top + 40}H128Q104 ${top + 40} 104 ${top + 62}T128 ${top + 84}H182V${top + 68}H134Q124 ${top + 68} 124 ${top + 62}T134 ${top + 56}H182Z`,
    s.down(dark(c, 0.08)),
  );
  return (
    shadow(s, 400, 640, 290) +
    ears +
    `<g transform="matrix(-1 0 0 1 800 0)">${ears}</g>` +
    path(`M178 ${top}H622V586Q616 632 560 634H240Q184 632 178 586Z`, s.across(c)) +
    lid +
    rect(170, top - 8, 460, 18, 8, s.across(dark(c, 0.14))) +
    gleam(`M214 ${top + 26}H242V600Q220 594 214 560Z`, 0.22) +
    seam("M190 604Q400 616 610 604", 3)
  );
};

export const kettle: Drawer = (s) => {
  const c = s.main;
  if (s.form(2) === 0) {
    return (
      shadow(s, 400, 640, 260) +
      line("M300 330C290 180 510 180 500 330", s.accent, 22) +
      path("M560 470Q640 430 668 336L700 346Q690 470 580 560Z", s.tilt(c)) +
      path(
        "M214 600C206 430 270 330 400 330S594 430 586 600Q582 634 540 636H260Q218 634 214 600Z",
        s.ball(c),
      ) +
      ellipse(400, 338, 92, 18, dark(c, 0.22)) +
      path("M312 336Q330 304 400 302T488 336Z", s.across(c)) +
      circle(400, 292, 17, s.ball(s.accent)) +
      gleam("M252 560Q250 440 318 380Q280 460 282 580Z", 0.3)
    );
  }
  return (
    shadow(s, 390, 642, 240) +
    rect(240, 616, 300, 26, 12, s.across("#34353b")) +
    path("M528 300H610Q652 304 648 360L626 540Q622 572 590 572H540V534H578L606 346H528Z", s.tilt(s.accent)) +
    path("M290 240Q250 246 222 230Q236 290 276 324Z", s.tilt(c)) +
    path("M278 232H500L540 616H240Z", s.across(c)) +
    path("M278 232H500Q496 198 389 196T278 232Z", s.across(light(c, 0.1))) +
    rect(368, 178, 42, 22, 9, s.across(s.accent)) +
    gleam("M302 252H328L306 600H276Z", 0.25) +
    rect(430, 380, 18, 170, 9, "#20222a", ' opacity=".25"') +
    rect(433, 450, 12, 96, 6, "#cfe8f2", ' opacity=".8"')
  );
};

export const chefKnife: Drawer = (s) => {
  const long = s.form(3) === 1;
  const blade = long ? "M352 372H90Q100 412 160 430H352Z" : "M352 350H74Q120 440 250 452H352Z";
  const teeth = long
    ? seam(
        "M120 428q6-8 12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0t12 0",
        3,
        0.3,
      )
    : "";
  const body =
    path(blade, s.fade("#e8ecef", "#a9b1b8")) +
    gleam(long ? "M340 380H110L118 392H340Z" : "M340 360H100L112 380H340Z", 0.7) +
    teeth +
    rect(350, 350, 34, 84, 8, s.down("#9aa2a9")) +
    path("M380 352H660Q716 356 722 404Q722 432 690 430Q640 420 600 432H380Z", s.down(s.main)) +
    [440, 530, 620].map((x) => circle(x, 392, 9, s.accent)).join("") +
    gleam("M392 360H650Q690 364 704 386Q660 372 392 374Z", 0.2);
  return (
    path("M80 470Q300 520 720 450L700 490Q300 560 100 500Z", "#2a2233", ' opacity=".08"') +
    turned(-14, 400, 400, body)
  );
};

export const mug: Drawer = (s) => {
  const c = s.main;
  const tall = s.form(3) === 1 ? 40 : 0;
  const top = 330 - tall;
  const body = `M222 ${top}L${s.form(3) === 2 ? 262 : 232} 600Q240 634 292 636H468Q520 634 528 600L${s.form(3) === 2 ? 498 : 538} 600L538 ${top}Z`;
  const side = s.form(3) === 2 ? `M222 ${top}C222 520 260 636 380 636S538 520 538 ${top}Z` : body;
  const band = [
    rect(200, 520, 360, 130, 0, s.accent),
    circle(380, 480, 60, s.accent),
    seam("M220 440H540M220 460H540M220 480H540", 4, 0.15),
    "",
  ][Math.floor(s.between(0, 4))];
  return (
    shadow(s, 400, 638, 240) +
    path(
      `M528 ${top + 56}H590Q650 ${top + 64} 650 450T580 552H520V516H574Q612 510 612 450T582 ${top + 92}H528Z`,
      s.tilt(dark(c, 0.05)),
    ) +
    path(side, s.across(c)) +
    s.clip(side, band) +
    opening(s, 380, top, 158, 0.17, c, 10) +
    ellipse(380, top + 8, 134, 15, "#5a3a28") +
    gleam(`M252 ${top + 40}Q250 480 280 590H300Q276 480 280 ${top + 46}Z`, 0.28)
  );
};

export const coffeeMaker: Drawer = (s) => {
  if (s.form(2) === 0) {
    return (
      shadow(s, 400, 640, 220) +
      line("M540 330H600Q624 332 624 360V560Q622 586 596 586H540", s.main, 22) +
      rect(270, 290, 260, 344, 26, "#cfe0e4", ' opacity=".65"') +
      path("M280 420H520V606Q518 624 500 624H300Q282 624 280 606Z", s.across("#553626")) +
      rect(280, 414, 240, 12, 6, "#b9895c") +
      rect(262, 300, 16, 336, 6, s.across(s.main)) +
      rect(522, 300, 16, 336, 6, s.across(s.main)) +
      rect(256, 560, 288, 16, 6, s.across(s.main)) +
      rect(256, 620, 288, 22, 8, s.across(s.main)) +
      path("M250 300Q260 262 400 258T550 300V318H250Z", s.across(s.main)) +
      rect(394, 180, 12, 84, 5, s.across("#b9bfc5")) +
      circle(400, 172, 22, s.ball(s.accent)) +
      gleam("M300 330H324V600H300Z", 0.35)
    );
  }
  const glass = "M300 400H500L560 590Q566 634 520 636H280Q234 634 240 590Z";
  return (
    shadow(s, 400, 640, 230) +
    path(glass, "#d5e5e8", ' opacity=".75"') +
    path("M262 520H538L556 590Q560 626 520 628H280Q240 626 244 590Z", s.across("#553626")) +
    path("M232 196H568L440 392H360Z", s.across(s.main)) +
    ellipse(400, 196, 168, 24, light(s.main, 0.3)) +
    ellipse(400, 198, 150, 18, s.fade("#5b3d2b", "#8a6043")) +
    path("M316 392H484Q500 392 500 410V430H300V410Q300 392 316 392Z", s.across(s.accent)) +
    line("M552 230Q628 240 600 320Q580 350 500 350", s.main, 16) +
    gleam("M284 470L262 600H280L304 470Z", 0.4) +
    cylinder(s, 400, 424, 444, 96, 0.06, s.accent)
  );
};

export const storageJar: Drawer = (s) => {
  const jar = (x: number, top: number, r: number, fill: string) =>
    frustum(x, top, r, 630, r, 0.14, "#dfeaeb") +
    frustum(x, top + (630 - top) * s.between(0.2, 0.4), r - 8, 624, r - 8, 0.14, s.across(fill)) +
    frustum(x, top, r, 630, r, 0.14, "#ffffff30") +
    cylinder(s, x, top - 34, top + 4, r + 4, 0.14, s.main) +
    gleam(`M${x - r + 14} ${top + 22}h14v${596 - top}l-14-4Z`, 0.5);
  return (
    shadow(s, 400, 636, 300) +
    jar(270, 370, 96, "#e4c590") +
    jar(520, 440, 88, s.accent) +
    jar(400, 480, 74, "#a65f3d")
  );
};
