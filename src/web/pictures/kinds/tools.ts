import { dark, light } from "../color.ts";
import { circle, ellipse, gleam, line, path, rect, seam, shadow, turned } from "../shapes.ts";
import type { Drawer } from "../sketch.ts";

export const drill: Drawer = (s) => {
  const c = s.main;
  return (
    shadow(s, 460, 660, 220) +
    rect(90, 306, 96, 18, 4, s.down("#aab1b7")) +
    path("M180 276H250V354H180L164 330V300Z", s.down("#4a4c53")) +
    seam("M196 280V350M212 278V352M228 278V352", 4, 0.3) +
    path("M246 246H560Q620 250 626 310T566 384H246Z", s.down(c)) +
    path("M400 380H530L570 590H440Z", s.across(dark(c, 0.06))) +
    path("M390 384H420L410 450Q384 440 390 384Z", s.tilt(s.accent)) +
    path("M462 420L548 400L580 586H478Z", "#2f3036") +
    seam("M476 450L552 436M480 480L558 466M486 510L562 496M490 540L568 526", 4, 0.5) +
    rect(394, 580, 220, 72, 14, s.down("#33343a")) +
    rect(414, 596, 80, 18, 4, s.accent) +
    rect(286, 276, 150, 40, 8, light(c, 0.3), ' opacity=".55"') +
    seam("M520 280V350M540 282V350M560 286V346M580 292V340", 6, 0.35) +
    gleam("M260 256H560Q600 262 608 290Q560 268 260 272Z", 0.3)
  );
};

export const hammer: Drawer = (s) =>
  path("M380 300L560 700L600 680L430 290Z", "#2a2233", ' opacity=".08"') +
  turned(
    -24,
    400,
    400,
    rect(376, 250, 48, 470, 22, s.across(s.main)) +
      path("M372 470H428V696Q428 722 400 722T372 696Z", s.across(s.accent)) +
      seam("M374 520H426M374 550H426M374 580H426M374 610H426M374 640H426", 5, 0.22) +
      path("M330 150H450V262H330Z", s.down("#8f969d")) +
      rect(240, 140, 70, 132, 12, s.across("#a9b0b7")) +
      rect(306, 164, 30, 84, 2, s.down("#7f868d")) +
      path("M448 152Q560 150 606 250Q560 214 450 232Z", s.tilt("#a9b0b7")) +
      rect(374, 140, 52, 14, 4, s.main) +
      gleam("M338 160H440V180H338Z", 0.4),
  );

export const screwdriver: Drawer = (s) => {
  const one = (x: number, top: number, color: string, tip: string) =>
    rect(x - 9, top + 220, 18, 220, 3, s.across("#b7bdc3")) +
    path(tip, "#8b9198", ` transform="translate(${x} ${top + 438})"`) +
    path(
      `M${x - 38} ${top + 30}Q${x - 38} ${top} ${x} ${top}T${x + 38} ${top + 30}V${top + 170}Q${x + 38} ${top + 210} ${x + 16} ${top + 226}H${x - 16}Q${x - 38} ${top + 210} ${x - 38} ${top + 170}Z`,
      s.across(color),
    ) +
    seam(
      `M${x - 18} ${top + 24}V${top + 190}M${x} ${top + 20}V${top + 194}M${x + 18} ${top + 24}V${top + 190}`,
      6,
      0.2,
    ) +
    rect(x - 38, top + 60, 76, 18, 2, s.accent);
  return (
    `<g opacity=".09" transform="translate(18 22)">${rect(214, 150, 76, 470, 30, "#2a2233") + rect(362, 120, 76, 520, 30, "#2a2233") + rect(510, 150, 76, 470, 30, "#2a2233")}</g>` +
    one(252, 150, s.main, "M-9 0H9L5 30H-5Z") +
    one(400, 120, light(s.main, 0.06), "M-9 0H9L0 34Z") +
    one(548, 150, dark(s.main, 0.08), "M-12 0H12V22H-12Z")
  );
};

export const toolbox: Drawer = (s) =>
  shadow(s, 400, 640, 330) +
  line("M290 300V236Q290 214 312 214H488Q510 214 510 236V300", "#3a3b41", 23) +
  path("M150 300H650L670 420H130Z", s.down(light(s.main, 0.05))) +
  rect(120, 414, 560, 220, 18, s.down(s.main)) +
  rect(120, 410, 560, 26, 8, dark(s.main, 0.3)) +
  [230, 530]
    .map(
      (x) => rect(x, 384, 44, 84, 8, s.down(s.accent)) + rect(x + 10, 440, 24, 12, 4, dark(s.accent, 0.35)),
    )
    .join("") +
  seam("M160 500H640M160 580H640", 4, 0.16) +
  rect(340, 516, 120, 50, 8, light(s.main, 0.35), ' opacity=".8"') +
  gleam("M166 312H636L640 336H162Z", 0.22);

export const tapeMeasure: Drawer = (s) =>
  shadow(s, 400, 640, 290) +
  path("M180 590H90V622H560V590Z", s.down("#f2cf56")) +
  seam("M110 592V606M140 592V612M170 592V606M200 592V612M230 592V606M260 592V612", 3, 0.6) +
  path("M96 584H82V640H96Z", "#8b9198") +
  path(
    "M250 400C250 270 330 210 440 210S650 290 650 420V590Q650 634 606 634H290Q250 634 250 594Z",
    s.tilt(s.main),
  ) +
  circle(450, 416, 128, dark(s.main, 0.4)) +
  circle(450, 416, 112, s.ball(s.accent)) +
  circle(450, 416, 54, s.ball(light(s.accent, 0.3))) +
  rect(370, 196, 110, 30, 12, "#33343a") +
  gleam("M286 400Q290 300 360 254Q316 320 312 420Z", 0.3);

export const workLight: Drawer = (s) =>
  shadow(s, 400, 650, 240) +
  circle(400, 320, 330, s.glow("#fff3c4", 0.7)) +
  line("M230 640H570M290 640L350 500M510 640L450 500", dark(s.main, 0.3), 19) +
  line("M214 330V470Q214 500 244 500H556Q586 500 586 470V330", dark(s.main, 0.15), 19) +
  rect(230, 190, 340, 260, 26, s.down(s.main)) +
  rect(256, 216, 288, 208, 14, "#fff4d0") +
  seam("M256 268H544M256 320H544M256 372H544M328 216V424M400 216V424M472 216V424", 4, 0.12) +
  circle(214, 340, 21, s.ball(s.accent)) +
  circle(586, 340, 21, s.ball(s.accent)) +
  ellipse(400, 320, 130, 90, s.glow("#ffffff", 0.9));
